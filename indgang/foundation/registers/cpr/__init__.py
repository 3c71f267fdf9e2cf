"""The person register: who somebody is, where they live, whom they belong to, what is protected, what has changed."""

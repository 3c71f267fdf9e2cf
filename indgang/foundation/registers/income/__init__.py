"""The tax administration's income register: assessment, income by month and employer, reports of changes."""

"""The triage form that replaces e-mail: own words, suggestions, clarifying questions, an answer at once, a message or a call-back."""

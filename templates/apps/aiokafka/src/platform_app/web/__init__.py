"""What both services share about HTTP."""

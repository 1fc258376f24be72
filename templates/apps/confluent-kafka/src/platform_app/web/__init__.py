"""What the services share over HTTP."""

"""Pages of webhooks and of systems that processes call."""

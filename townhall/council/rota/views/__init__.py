"""The pages of the rota."""

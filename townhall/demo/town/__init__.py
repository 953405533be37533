"""A synthetic English borough from one seed: map, addresses, people, requests and photographs."""

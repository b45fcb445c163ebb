"""Signing in: how allauth and axes serve our officers. The officers themselves live in organisations."""

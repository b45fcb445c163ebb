"""发布前检查: personal data, hidden content and traces in what is about to be published."""

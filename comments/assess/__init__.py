"""What is known about a draft before anybody has read it: pure functions from a draft to signals."""

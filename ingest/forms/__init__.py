"""The forms that users fill in: one module a subject, each with its rows and the records made from them."""

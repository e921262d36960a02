"""The safety net of those who write exercises: a skeleton, and a check that tries what learners will do."""

"""Pure rules of warranty: periods, remedies, amounts, and the checks of a claim."""

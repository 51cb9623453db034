"""The fixes: what each repair mends, how they are written, and that nothing is offered that does not check."""

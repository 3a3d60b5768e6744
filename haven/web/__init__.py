"""Every page of Haven: what people see and press, and nothing that decides."""

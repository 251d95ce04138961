"""The waist: values that every other room speaks in. Standard library only, frozen, no input or output."""

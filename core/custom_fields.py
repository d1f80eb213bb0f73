def form_fields(model):
    return {}


def columns(model):
    return ()


def stored_values(model, values):
    return {}

"""Pure: frames in, frames out; no Django, network, files, clock or unseeded chance."""

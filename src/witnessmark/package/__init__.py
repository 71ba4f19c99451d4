"""Any input as one app: containers, members, manifest, resources, signature."""

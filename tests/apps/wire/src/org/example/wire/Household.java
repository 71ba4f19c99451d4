package org.example.wire;

import java.util.List;

/** Held by nothing that is annotated; named by a call. */
public class Household {
    String headName;
    String doorPlate;
    List<Tenant> tenants;
    Relative closest;
}

package org.example.orms;

import io.realm.RealmObject;
import io.realm.annotations.Ignore;

public class Sighting extends RealmObject {
    public String plate;
    public double lat;
    public double lng;
    @Ignore
    public boolean selected;
}

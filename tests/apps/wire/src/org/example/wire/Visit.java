package org.example.wire;

import android.os.Parcel;
import android.os.Parcelable;

/** Carried between screens; the code that writes it as JSON puts the same keys. */
public class Visit implements Parcelable {
    public String visitorName;
    public String hostName;
    public long visitTime;

    @Override
    public int describeContents() {
        return 0;
    }

    @Override
    public void writeToParcel(Parcel out, int flags) {
        out.writeString(visitorName);
        out.writeString(hostName);
        out.writeLong(visitTime);
    }
}

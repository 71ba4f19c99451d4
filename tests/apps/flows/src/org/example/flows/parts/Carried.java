package org.example.flows.parts;

import android.app.Activity;
import android.content.Intent;
import android.os.Bundle;
import android.os.Parcel;
import android.os.Parcelable;
import android.util.Log;
import java.io.Serializable;
import org.example.flows.Device;

/** Objects of the app as extras: one serialisable, one parcelable. */
public class Carried extends Activity {
    static class Card implements Serializable {
        String number;
    }

    static class Tag implements Parcelable {
        String id;

        @Override
        public void writeToParcel(Parcel parcel, int flags) {
            parcel.writeString(id);
        }

        @Override
        public int describeContents() {
            return 0;
        }

        public static final Parcelable.Creator<Tag> CREATOR = new Parcelable.Creator<Tag>() {
            @Override
            public Tag createFromParcel(Parcel parcel) {
                Tag made = new Tag();
                made.id = parcel.readString();
                return made;
            }

            @Override
            public Tag[] newArray(int size) {
                return new Tag[size];
            }
        };
    }

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        Card card = new Card();
        card.number = Device.phone(this).getLine1Number();
        Tag tag = new Tag();
        tag.id = Device.phone(this).getDeviceId();
        startActivity(new Intent(this, Opens.class).putExtra("card", card).putExtra("tag", tag));
    }

    public static class Opens extends Activity {
        @Override
        protected void onCreate(Bundle state) {
            super.onCreate(state);
            Card card = (Card) getIntent().getSerializableExtra("card");
            Log.d("card", card.number);
        }

        @Override
        protected void onStart() {
            super.onStart();
            Tag tag = getIntent().getParcelableExtra("tag");
            Log.d("tag", tag.id);
        }
    }
}

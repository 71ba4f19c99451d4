package org.example.registry;

import android.content.ContentProvider;
import android.content.ContentValues;
import android.content.UriMatcher;
import android.database.Cursor;
import android.database.sqlite.SQLiteQueryBuilder;
import android.net.Uri;

public class VisitProvider extends ContentProvider {
    private static final UriMatcher MATCHER = new UriMatcher(UriMatcher.NO_MATCH);

    static {
        MATCHER.addURI(Contract.AUTHORITY, "visit", 1);
        MATCHER.addURI(Contract.AUTHORITY, "visit/#", 2);
    }

    private Store store;

    @Override
    public boolean onCreate() {
        store = new Store(getContext());
        return true;
    }

    @Override
    public Cursor query(Uri uri, String[] columns, String where, String[] values, String order) {
        SQLiteQueryBuilder query = new SQLiteQueryBuilder();
        query.setTables(Contract.Visit.TABLE);
        return query.query(store.getReadableDatabase(), columns, where, values, null, null, order);
    }

    @Override
    public String getType(Uri uri) {
        return MATCHER.match(uri) == 1 ? "vnd.android.cursor.dir/visit" : "vnd.android.cursor.item/visit";
    }

    @Override
    public Uri insert(Uri uri, ContentValues values) {
        store.getWritableDatabase().insert(Contract.Visit.TABLE, null, values);
        return uri;
    }

    @Override
    public int delete(Uri uri, String where, String[] values) {
        return 0;
    }

    @Override
    public int update(Uri uri, ContentValues row, String where, String[] values) {
        return 0;
    }
}

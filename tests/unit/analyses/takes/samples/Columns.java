package org.example;

import android.app.Activity;
import android.app.LoaderManager;
import android.content.CursorLoader;
import android.content.Loader;
import android.database.Cursor;
import android.net.Uri;
import android.os.Bundle;
import android.provider.CalendarContract;
import android.provider.CallLog;
import android.provider.ContactsContract;
import android.provider.MediaStore;

/** Columns that are kept in a field, handed to a helper, looked up elsewhere; by javac and d8. */
public class Columns extends Activity implements LoaderManager.LoaderCallbacks<Cursor> {
  static final String[] WANTED = {
    ContactsContract.CommonDataKinds.Phone.NUMBER, ContactsContract.Contacts.DISPLAY_NAME
  };

  @Override
  public void onCreate(Bundle state) {
    getContentResolver()
        .query(ContactsContract.CommonDataKinds.Phone.CONTENT_URI, WANTED, null, null, null);
    getLoaderManager().initLoader(0, null, this);
    Cursor messages =
        getContentResolver().query(Uri.parse("content://sms/inbox"), null, null, null, null);
    while (messages.moveToNext()) {
      one(messages);
    }
    Uri pages = Uri.parse("content://browser/bookmarks");
    Uri loads = Uri.parse("content://downloads/my_downloads");
    getContentResolver().query(loads, new String[] {"_data"}, null, null, null);
    getContentResolver().query(pages, new String[] {"url"}, null, null, null);
    list(CalendarContract.Events.CONTENT_URI, new String[] {"title", "dtstart"});
    show(MediaStore.Images.Media.EXTERNAL_CONTENT_URI);
  }

  void list(Uri address, String[] columns) {
    getContentResolver().query(address, columns, null, null, null);
  }

  void show(Uri address) {
    setTitle(address.toString());
  }

  void one(Cursor answer) {
    String sender = answer.getString(answer.getColumnIndex("address"));
    setTitle(sender + answer.getString(answer.getColumnIndexOrThrow("body")));
  }

  static String other(Cursor own) {
    return own.getString(own.getColumnIndex("colour"));
  }

  @Override
  public Loader<Cursor> onCreateLoader(int id, Bundle given) {
    return new CursorLoader(
        this, CallLog.Calls.CONTENT_URI, new String[] {"number", "duration"}, null, null, null);
  }

  @Override
  public void onLoadFinished(Loader<Cursor> loader, Cursor answer) {
    setTitle(answer.getString(answer.getColumnIndex("name")));
  }

  @Override
  public void onLoaderReset(Loader<Cursor> loader) {}
}

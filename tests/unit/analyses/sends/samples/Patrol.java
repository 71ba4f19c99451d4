package org.example;

import android.app.Activity;
import android.os.AsyncTask;
import android.os.Bundle;
import android.widget.EditText;
import java.net.HttpURLConnection;
import java.net.URL;

/** Tasks that send what they put into fields; compiled by javac and d8. */
public class Patrol extends Activity {
  String param;
  EditText officer;
  EditText tag;

  @Override
  public void onCreate(Bundle state) {
    officer = new EditText(this);
    tag = new EditText(this);
    setContentView(officer);
    new SignIn().execute();
    new Report().execute();
    new Late().execute();
  }

  static void fetch(String url, String param) {
    try {
      HttpURLConnection to = (HttpURLConnection) new URL(url + param).openConnection();
      to.setRequestMethod("GET");
      to.getInputStream().close();
    } catch (Exception broken) {
      return;
    }
  }

  class SignIn extends AsyncTask<Void, Void, Void> {
    @Override
    protected Void doInBackground(Void... none) {
      param = "?officer=" + officer.getText().toString();
      fetch("http://patrol.sample.test/login.php", param);
      return null;
    }
  }

  class Report extends AsyncTask<Void, Void, Void> {
    String url;
    String told;

    @Override
    protected void onPreExecute() {
      url = "http://patrol.sample.test/record.php";
      told = "?tag=" + tag.getText().toString() + "&area=3";
    }

    @Override
    protected Void doInBackground(Void... none) {
      fetch(url, told);
      return null;
    }
  }

  class Late extends AsyncTask<Void, Void, Void> {
    String told;

    @Override
    protected Void doInBackground(Void... none) {
      fetch("http://patrol.sample.test/late.php?x=", told);
      return null;
    }

    @Override
    protected void onPostExecute(Void none) {
      told = "afterwards";
    }
  }
}

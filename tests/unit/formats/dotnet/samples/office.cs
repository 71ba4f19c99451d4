// A program of our own: bodies without a class, settings, a database on a server.
using System;
using System.Net.Http;
using System.Net.Http.Json;
using System.Threading.Tasks;
using Microsoft.Maui.Storage;
using Microsoft.Data.SqlClient;

namespace Office {
  public class Notes {
    readonly HttpClient client = new HttpClient();

    public Task<HttpResponseMessage> Note(int id, string note) {
      return client.PostAsJsonAsync("https://office.sample.test/notes/add",
        new { ID = id, 備註 = note, by = Preferences.Get("currentUser", "") });
    }

    public Task<HttpResponseMessage> Close(int id) {
      return client.PutAsJsonAsync("https://office.sample.test/notes/close", new { ID = id });
    }

    public Task<byte[]> Update() {
      return client.GetByteArrayAsync(Preferences.Get("server", "") + "/api/office.apk");
    }

    public void Login(string name, string token) {
      Preferences.Set("currentUser", name);
      SecureStorage.SetAsync("token", token);
    }

    public void Read() {
      new SqlConnection("Data Source=10.8.0.4,1433;Initial Catalog=office;User ID=clerk;Password=pw12345").Open();
    }
  }

  public class Quiet {
    readonly System.Collections.Generic.Dictionary<string, string> kept =
      new System.Collections.Generic.Dictionary<string, string>();

    public object Nothing(int id) {
      kept["server"] = "https://quiet.sample.test/never";
      return new { ID = id, note = "kept here" };
    }
  }
}

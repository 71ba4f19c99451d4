// A small app of our own in C#: what it reads by the platform's bindings, what it sends and to where.
using System.Collections.Generic;
using System.Net.Http;
using System.Threading.Tasks;
using Android.Telephony;
using Newtonsoft.Json;

namespace Org.Example {
    public class Household {
        [JsonProperty("card_no")] public string CardNumber { get; set; }
        public string Street { get; set; }
    }

    public class Api {
        const string Base = "https://visit.sample.test/api/";
        static readonly HttpClient Client = new HttpClient();
        string Version { get { return "v2/"; } }

        public async Task<string> Get(string path) { return await Client.GetStringAsync(Base + Version + path); }

        public async Task Send(string path, object body) {
            var content = new StringContent(JsonConvert.SerializeObject(body), null, "application/json");
            await Client.PostAsync(Base + path, content);
        }

        public Task<HttpResponseMessage> SignIn(string officer, string password) {
            var form = new Dictionary<string, string> { { "officer", officer }, { "password", password } };
            return Client.PostAsync(Base + "login", new FormUrlEncodedContent(form));
        }

        public Task<HttpResponseMessage> Replace(string number) {
            var request = new HttpRequestMessage(HttpMethod.Put, string.Format("{0}household/{1}", Base, number));
            return Client.SendAsync(request);
        }

        public string Either(bool spare) { return spare ? "https://spare.sample.test/" : Base; }
    }

    public class Screens {
        readonly Api api = new Api();
        public void Load() { api.Get("households"); api.Get("officers?area=" + 7); }
        public void Save(string typed) {
            api.Send("household/add", new Household { CardNumber = typed, Street = "none" });
            api.Send("device", new Dictionary<string, string> { { "imei", Device(null) } });
        }
        public string Device(TelephonyManager phone) { return phone.DeviceId + phone.GetImei(1) + Android.OS.Build.Model; }
        public string Id(object resolver) { return Android.Provider.Settings.Secure.GetString(resolver, "android_id"); }
        public string Other(object resolver) { return Android.Provider.Settings.Secure.GetString(resolver, "bluetooth_on"); }
    }
}

using System.Threading;
using System.Threading.Tasks;
using Newtonsoft.Json;
using Refit;
using SQLite;
namespace Ward.Service {
  public class Visit {
    [JsonProperty("card_no")] public string Card { get; set; }
    public int Rooms { get; set; }
    public static string Version { get; set; }
  }
  [Headers("X-Client: ward")]
  public interface IWardApi {
    [Get("/households/{id}/people")] Task<string> People(int id, [AliasAs("area_code")] string area, CancellationToken stop);
    [Post("/visits")] Task<string> Add([Body] Visit visit, [Header("X-Officer")] string officer);
    [Multipart] [Post("/visits/{id}/photo")] Task<string> Photo(string id, [AliasAs("picture")] StreamPart photo);
    [Delete("/visits/{id}")] Task Remove(string id);
  }
  [Table("residents")]
  public class Resident {
    [PrimaryKey, AutoIncrement] public int Id { get; set; }
    [Column("full_name"), MaxLength(80)] public string Name { get; set; }
    public string Faith { get; set; }
    [Ignore] public string Shown { get; set; }
  }
  public class Note { [PrimaryKey] public string Key { get; set; } public string Words { get; set; } }
  public class Plain { public string Word { get; set; } }
  public class Work {
    public void Run() {
      var api = RestService.For<IWardApi>("https://ward.sample.test/api");
      api.Add(new Visit(), "7");
      var store = new SQLiteConnection("ward.db");
      store.CreateTable<Resident>();
      store.Execute("CREATE TABLE IF NOT EXISTS checks (plate TEXT, seen INTEGER)");
    }
  }
}

using System.Net;
using Platform.Client;
using Platform.Client.Explanations;
using Platform.Client.Transport;

namespace Platform.Clients.Tests.Dotnet;

/// <summary>Importances and curves by the .NET client.</summary>
[Collection(TheClientPlatform.Name)]
public sealed class WholeVersionTests(ClientPlatform platform) : IDisposable
{
    private const string Model = ClientPlatform.Model;

    private const string Importance = """
        {"model":"m","version":"1","method":"permutation","measure":"accuracy","importances":[{"feature":"age","label":null,"importance":0.1,"standardError":0.01}],"rows":2,"seed":1,"sentences":[]}
        """;

    private readonly PlatformClient _client = new(platform.Address);

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task Importances_are_measured_and_shown()
    {
        var query = new ImportanceQuery { Rows = 20, Repeats = 2 };
        var importance = await _client.WholeVersions.GetImportanceAsync(Model, query);
        Assert.Equal((Model, "1", "permutation", "accuracy", 20), (importance.Model, importance.Version, importance.Method, importance.Measure, importance.Rows));
        Assert.Equal(20, importance.Importances.Count);
        Assert.Equal(importance.Importances.OrderByDescending(each => each.Value).Select(each => each.Value), importance.Importances.Select(each => each.Value));
        Assert.NotEmpty(importance.Sentences);
        Assert.Contains("<svg", await _client.WholeVersions.GetSvgAsync(Model, query), StringComparison.Ordinal);
        Assert.Contains("<html", await _client.WholeVersions.GetHtmlAsync(Model, query), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Curves_are_measured_and_shown()
    {
        var query = new DependenceQuery { Features = ["duration", "purpose"], Rows = 20, Points = 5 };
        var dependence = await _client.WholeVersions.GetDependenceAsync(Model, query);
        Assert.Equal("pdp", dependence.Kind);
        Assert.Equal(["duration", "purpose"], dependence.Curves.Select(curve => curve.Feature));
        Assert.Equal([true, false], dependence.Curves.Select(curve => curve.Ordered));
        Assert.All(dependence.Curves, curve => Assert.Equal(curve.Points.Count, curve.Values!.Count));
        Assert.All(dependence.Curves[0].Values!, values => Assert.Equal(dependence.OutputNames.Count, values.Count));
        Assert.Contains("<svg", await _client.WholeVersions.GetSvgAsync(Model, query), StringComparison.Ordinal);

        var answer = await _client.Predictions.PredictAsync(Model, CreditRows.Take(1));
        var whatIf = await _client.WholeVersions.GetDependenceAsync(Model, new DependenceQuery { PredictionId = answer.PredictionId, Kind = "ice", Features = ["duration"] });
        Assert.Equal(answer.PredictionId, whatIf.PredictionId);
        Assert.Null(whatIf.Curves[0].Values);
        Assert.Single(whatIf.Curves[0].Lines!);
    }

    [Fact]
    public async Task What_is_being_computed_is_asked_for_again_when_the_platform_says()
    {
        var script = new Script(Pending(), Pending(), Script.Json(Importance));
        using var client = Client(script);
        Assert.Equal(0.1, (await client.WholeVersions.GetImportanceAsync("m")).Importances[0].Value);
        Assert.Equal(3, script.Seen.Count);
    }

    [Fact]
    public async Task The_wait_has_a_deadline()
    {
        using var client = Client(new Script(Pending()));
        var error = await Assert.ThrowsAsync<PlatformException>(() => client.WholeVersions.GetImportanceAsync("m", new ImportanceQuery { Deadline = TimeSpan.Zero }));
        Assert.Contains("still being computed", error.Message, StringComparison.Ordinal);
    }

    private static HttpResponseMessage Pending()
    {
        var answer = Script.Json("""{"model":"m","state":"running","evaluations":1}""", HttpStatusCode.Accepted);
        answer.Headers.Add("Retry-After", "0");
        return answer;
    }

    private static PlatformClient Client(Script script) => new(new HttpClient(script), new PlatformClientOptions { Address = new("http://platform.test") });
}

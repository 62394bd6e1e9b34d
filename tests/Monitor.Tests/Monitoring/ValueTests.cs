using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Contracts.Inference;
using Platform.Contracts.Registry;
using Platform.TestKit;

namespace Platform.Monitor.Tests.Monitoring;

/// <summary>Values on their way through the whole monitor: whole numbers beyond 2^53, and texts that are missing.</summary>
public sealed class ValueTests : IAsyncLifetime
{
    private const long Large = 9_007_199_254_740_992;

    private readonly Random _random = new(3);
    private StubRegistry _registry = null!;
    private MonitorHost _monitor = null!;

    public async Task InitializeAsync() => _registry = await StubRegistry.StartAsync();

    public async Task DisposeAsync()
    {
        await _monitor.DisposeAsync();
        await _registry.DisposeAsync();
    }

    [Theory]
    [InlineData("categorical")]
    [InlineData("numerical")]
    public async Task Large_ids_that_were_never_seen_are_found_and_those_of_the_reference_are_not(string kind)
    {
        var ids = Enumerable.Range(0, 100).Select(at => Large + 1 + at).ToArray();
        _registry.Deploy(Version("INT64", kind), ids.Concat(ids).Select(id => Row(id)));
        _monitor = await MonitorHost.StartAsync(_registry);

        Log("INT64", [.. ids.Select(id => (object)id)]);
        Log("INT64", [.. ids.Select(id => (object)(id + ids.Length))]);

        var answer = await _monitor.WindowsAsync("values", 2);
        Assert.Equal([0, 100], Quality(answer).Select(quality => quality["unseenCategory"]!.GetValue<int>() + quality["outOfRange"]!.GetValue<int>()));
        Assert.Equal([false, true], answer["windows"]!.AsArray().Select(window => window!["drift"]!["features"]![0]!["drifted"]!.GetValue<bool>()));
    }

    [Fact]
    public async Task Labels_of_large_class_numbers_are_told_apart()
    {
        _registry.Deploy(Version("INT64", "categorical"), []);
        _monitor = await MonitorHost.StartAsync(_registry);
        Log("INT64", [.. Enumerable.Range(0, 100).Select(at => (object)(Large + at % 2))]);
        await _monitor.WindowsAsync("values", 1);

        var labels = Enumerable.Range(0, 100).Select(at => new { predictionId = $"p:{at}", label = Large + (at < 50 ? at % 2 : 1 - at % 2) });
        await _monitor.Http.PostAsJsonAsync("/v1/models/values/ground-truth", labels).JsonAsync(HttpStatusCode.Accepted);

        var realised = (await _monitor.MonitoringAsync("values"))["windows"]![0]!["performance"]!["realised"]!;
        Assert.Equal(0.5, realised["accuracy"]!.GetValue<double>());
    }

    [Fact]
    public async Task A_fifth_of_the_texts_missing_on_both_sides_is_neither_drift_nor_bad_quality()
    {
        _registry.Deploy(Version("BYTES", "categorical"), Enumerable.Range(0, 500).Select(_ => Row(City(missing: null))));
        _monitor = await MonitorHost.StartAsync(_registry);

        Log("BYTES", [.. Enumerable.Range(0, 100).Select(_ => (object)City(missing: "")!)]);

        var answer = await _monitor.WindowsAsync("values", 1);
        Assert.InRange(answer["baseline"]!["features"]![0]!["missingShare"]!.GetValue<double>(), 0.1, 0.3);
        Assert.Equal(0, Quality(answer)[0]["unseenCategory"]!.GetValue<int>());
        Assert.InRange(Quality(answer)[0]["missing"]!.GetValue<int>(), 5, 40);
        Assert.False(answer["windows"]![0]!["drift"]!["features"]![0]!["drifted"]!.GetValue<bool>());
    }

    [Fact]
    public async Task A_listed_category_is_the_same_in_every_notation()
    {
        _registry.Deploy(Version("BYTES", "categorical", ["1.0", "2.0"]), Enumerable.Range(0, 200).Select(at => Row(at % 2 == 0 ? "1.0" : "2.0")));
        _monitor = await MonitorHost.StartAsync(_registry);

        Log("BYTES", [.. Enumerable.Range(0, 100).Select(at => (object)(at % 2 == 0 ? "1" : "2.00"))]);

        var answer = await _monitor.WindowsAsync("values", 1);
        Assert.Equal(0, Quality(answer)[0]["unseenCategory"]!.GetValue<int>());
        Assert.False(answer["windows"]![0]!["drift"]!["features"]![0]!["drifted"]!.GetValue<bool>());
    }

    private static JsonNode[] Quality(JsonNode answer) =>
        [.. answer["windows"]!.AsArray().Select(window => window!["quality"]!["features"]![0]!)];

    private string? City(string? missing) => _random.Next(5) == 0 ? missing : new[] { "rome", "oslo", "bonn" }[_random.Next(3)];

    private static ModelVersionDescription Version(string datatype, string kind, string[]? categories = null) => new()
    {
        Model = "values",
        Version = "1",
        Metadata = new() { Task = "multiclass_classification", Features = [new() { Name = "value", Kind = kind, Categories = categories }] },
        Signature = new()
        {
            Inputs = [new() { Name = "x", Datatype = datatype, Shape = [-1, 1] }],
            Outputs = [new() { Name = "y", Datatype = "INT64", Shape = [-1] }],
        },
    };

    private static ReferenceRow Row(object? value) => new() { Inputs = new Dictionary<string, JsonElement> { ["x"] = Credit.Json(new[] { value }) } };

    private void Log(string datatype, object[] values) => _monitor.Log(new PredictionLogged
    {
        Id = "p",
        Subject = "values",
        Time = DateTimeOffset.UtcNow,
        Data = new()
        {
            Version = "1",
            Route = "champion",
            Rows = values.Length,
            Inputs = [new() { Name = "x", Datatype = datatype, Shape = [values.Length, 1], Data = Credit.Json(values) }],
            Outputs = [new() { Name = "y", Datatype = "INT64", Shape = [values.Length], Data = Credit.Json(values.Select(value => value is long ? value : 1L)) }],
        },
    });
}

using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Contracts.Inference;
using Platform.Contracts.Registry;

namespace Platform.Monitor.Tests.Monitoring;

/// <summary>Models whose inputs have no columns: texts and images are watched by what they look like.</summary>
public sealed class TextTests : IAsyncLifetime
{
    private static readonly string[] English = ["the", "meeting", "is", "at", "noon", "please", "bring", "your", "notes", "and", "a", "pen"];
    private static readonly string[] Latin = ["lorem", "ipsum", "dolor", "sit", "amet", "consectetur", "adipiscing", "elit"];

    private readonly Random _random = new(3);
    private StubRegistry _registry = null!;
    private MonitorHost _monitor = null!;

    public async Task InitializeAsync()
    {
        _registry = await StubRegistry.StartAsync();
        _registry.Deploy(Version("mail", "BYTES", [-1]), Enumerable.Range(0, 200).Select(_ => Row(new[] { Text(English) })));
        _registry.Deploy(Version("picture", "FP32", [-1, 10, 10]), Enumerable.Range(0, 200).Select(_ => Row(Picture(1))));
        _monitor = await MonitorHost.StartAsync(_registry);
    }

    public async Task DisposeAsync()
    {
        await _monitor.DisposeAsync();
        await _registry.DisposeAsync();
    }

    [Fact]
    public async Task Other_words_are_drift_and_the_same_words_are_not()
    {
        for (var at = 0; at < 200; at++)
            Log("mail", "BYTES", [1], new[] { Text(at < 100 ? English : Latin) });

        var windows = (await _monitor.WindowsAsync("mail", 2))["windows"]!;

        Assert.Empty(Drifted(windows[0]!));
        Assert.Contains("text.unseenWords", Drifted(windows[1]!));
    }

    [Fact]
    public async Task Darker_images_are_drift_and_the_same_images_are_not()
    {
        for (var at = 0; at < 200; at++)
            Log("picture", "FP32", [1, 10, 10], Picture(at < 100 ? 1 : 0.5));

        var windows = (await _monitor.WindowsAsync("picture", 2))["windows"]!;

        Assert.Empty(Drifted(windows[0]!));
        Assert.Contains("text.mean", Drifted(windows[1]!));
    }

    private static IEnumerable<string> Drifted(JsonNode window) => window["drift"]!["features"]!.AsArray()
        .Where(feature => feature!["drifted"]!.GetValue<bool>()).Select(feature => feature!["name"]!.GetValue<string>());

    private static ModelVersionDescription Version(string model, string datatype, long[] shape) => new()
    {
        Model = model,
        Version = "1",
        Signature = new() { Inputs = [new() { Name = "text", Datatype = datatype, Shape = shape }] },
    };

    private static ReferenceRow Row<T>(T[] values) => new() { Inputs = new Dictionary<string, JsonElement> { ["text"] = Credit.Json(values) } };

    private void Log<T>(string model, string datatype, long[] shape, T[] values) => _monitor.Log(new PredictionLogged
    {
        Id = Guid.NewGuid().ToString(),
        Subject = model,
        Time = DateTimeOffset.UtcNow,
        Data = new()
        {
            Version = "1",
            Inputs = [new() { Name = "text", Datatype = datatype, Shape = shape, Data = Credit.Json(values) }],
        },
    });

    private string Text(string[] words) => string.Join(' ', Enumerable.Range(0, 5 + _random.Next(10)).Select(_ => words[_random.Next(words.Length)]));

    private double[] Picture(double brightness) => [.. Enumerable.Range(0, 100).Select(_ => brightness * _random.NextDouble())];
}

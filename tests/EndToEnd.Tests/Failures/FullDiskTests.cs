using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Platform.EndToEnd.Tests.Running;
using Platform.TestKit;
using Platform.TestKit.Api;
using Platform.TestKit.Running;

namespace Platform.EndToEnd.Tests.Failures;

/// <summary>A disk that is really full, under the real program: what goes on, what is refused, what is told, and that all of it comes back.</summary>
public sealed partial class FullDiskTests : IDisposable
{
    private const string Model = "credit";
    private const int Megabytes = 48;

    // A small log, so that its memory is full, too, after some hundreds of predictions.
    private static readonly Dictionary<string, string> SmallLog = new()
    {
        ["PLATFORM_PredictionLog__PageBytes"] = "65536",
        ["PLATFORM_PredictionLog__MemoryBytes"] = "262144",
        ["PLATFORM_PredictionLog__SegmentBytes"] = "1048576",
    };

    private readonly SmallDisk? _disk = SmallDisk.Refusal is null ? SmallDisk.Mount(Megabytes) : null;

    private SmallDisk Disk => _disk!;

    public void Dispose() => _disk?.Dispose();

    [SmallDiskFact]
    public async Task On_a_full_disk_predictions_go_on_what_is_not_kept_is_counted_and_all_comes_back_with_room()
    {
        var answered = new List<string>();
        await using (var process = await StartAsync())
        {
            using var api = new PlatformApi(process.Address);
            await api.ServeCreditAsync(Model);
            answered.AddRange(await PredictAsync(api, 100));
            await Eventually.TrueAsync(async () => await api.CountUnknownAsync(Model, answered) == 0, "all are on the disk");

            Disk.Fill();
            await Eventually.TrueAsync(async () =>
            {
                if (await LostAsync(api) > 0) return true;
                answered.AddRange(await PredictAsync(api, 50));
                return false;
            }, "memory is full, too");
            await AssertRefusesWhatMustBeStoredAsync(api);
            Assert.Contains("No space left", await NotReadyAsync(api));

            Disk.Free();
            await Eventually.TrueAsync(async () => (await ReadyAsync(api)).Status == 200, "it is ready again");
            answered.AddRange(await PredictAsync(api, 100));
            await PostModelAsync(api, "after").JsonAsync(HttpStatusCode.Created);
            var lost = await LostAsync(api);
            await Eventually.TrueAsync(async () => await api.CountUnknownAsync(Model, answered) <= lost, "all but what was counted are on the disk");
            Assert.Equal(lost, await api.CountUnknownAsync(Model, answered));
            await process.KillAsync();
        }

        await using var again = await StartAsync();
        using var restarted = new PlatformApi(again.Address);
        await restarted.UntilReadyAsync(Model);
        Assert.Equal(["after", Model], await ModelsAsync(restarted));
    }

    private Task<PlatformProcess> StartAsync() => StandaloneProcess.StartAsync(["--empty", "--port", "0", "--data", SmallDisk.Folder], SmallLog, Disk);

    private static async Task<IEnumerable<string>> PredictAsync(PlatformApi api, int count) =>
        (await api.PredictManyAsync(Model, CreditSample.Usual.Take(count))).Select(prediction => prediction.Id);

    /// <summary>Everything that asks for something to be stored is told that there is no room, in the same words.</summary>
    private static async Task AssertRefusesWhatMustBeStoredAsync(PlatformApi api)
    {
        foreach (var (what, send) in new (string, Func<Task<HttpResponseMessage>>)[]
                 {
                     ("model", () => PostModelAsync(api, "during")),
                     ("version", () => api.UploadAsync(Model, CreditSample.Form(2))),
                     ("promotion", () => api.PromoteAsync(Model, "2")),
                     ("job", () => api.PostAsync($"/v1/models/{Model}/jobs", PlatformApi.InferBody([CreditSample.Usual[0]]))),
                 })
        {
            using var answer = await send();
            var said = await answer.Content.ReadAsStringAsync();
            Assert.True((int)answer.StatusCode == 507 && (string?)JsonNode.Parse(said)!["code"] == "storage.full", $"{what}: {(int)answer.StatusCode} {said}");
        }
    }

    private static Task<HttpResponseMessage> PostModelAsync(PlatformApi api, string name) =>
        api.PostAsync("/v1/models", new JsonObject { ["name"] = name });

    private static async Task<string[]> ModelsAsync(PlatformApi api) =>
        [.. (await api.ReadAsync("/v1/models"))["items"]!.AsArray().Select(model => (string)model!["name"]!).Order(StringComparer.Ordinal)];

    private static async Task<(int Status, string Said)> ReadyAsync(PlatformApi api)
    {
        using var answer = await api.GetAsync("/health/ready");
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static Task<string> NotReadyAsync(PlatformApi api) => Eventually.ValueAsync(
        async () => await ReadyAsync(api) is (503, var said) ? said : null, "it says that it is not ready");

    private static async Task<long> LostAsync(PlatformApi api)
    {
        var metrics = await api.Http.GetStringAsync("/metrics");
        return Lost().Matches(metrics).Sum(line => long.Parse(line.Groups[1].Value));
    }

    [GeneratedRegex("^platform_inference_records_lost_total\\{[^}]*\\} ([0-9]+)", RegexOptions.Multiline)]
    private static partial Regex Lost();
}

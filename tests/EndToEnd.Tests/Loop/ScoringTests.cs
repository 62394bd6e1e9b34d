using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Platform.EndToEnd.Tests.Running;
using Platform.TestKit;
using Platform.TestKit.Api;

namespace Platform.EndToEnd.Tests.Loop;

/// <summary>A file that is scored by the whole platform; inference's own tests hold its details.</summary>
public abstract class ScoringTests(RunningPlatform platform)
{
    private readonly PlatformApi _api = platform.Api;

    [Fact]
    public async Task The_rows_of_a_file_are_predictions_whose_ids_are_good_for_labels()
    {
        await _api.ServeCreditAsync("scored");
        var names = JsonNode.Parse(await File.ReadAllTextAsync(Repository.PathOf("samples", "credit", "v1", "metadata.json")))!["features"]!.AsArray()
            .Select(feature => (string)feature!["name"]!);
        var rows = CreditSample.Usual.Take(20).Select(row => string.Join(',', row.Features.Select(value => value.ToString(CultureInfo.InvariantCulture)))).ToList();
        var file = string.Join('\n', rows.Prepend(string.Join(',', names)));
        using var form = new MultipartFormDataContent { { new StringContent(file), "data", "applicants.csv" } };
        var id = (string)(await _api.Http.PostAsync("/v1/models/scored/scoring-jobs", form).JsonAsync(HttpStatusCode.Accepted))["id"]!;

        var job = await Eventually.ValueAsync(async () => await _api.ReadAsync($"/v1/scoring-jobs/{id}") is var read && read["finishedAt"] is not null ? read : null,
            "the job ends");
        Assert.Equal(("succeeded", rows.Count, 0), ((string?)job["state"], (int)job["rowsDone"]!, (int)job["rowsFailed"]!));
        Assert.StartsWith("PAR1", await _api.Http.GetStringAsync($"/v1/scoring-jobs/{id}/result"));

        await Eventually.TrueAsync(async () => await IsKnownAsync($"{id}.0:{rows.Count - 1}"), "a label for the last row is taken");
    }

    private async Task<bool> IsKnownAsync(string id)
    {
        var body = new JsonArray(new JsonObject { ["predictionId"] = id, ["label"] = "good" });
        return (int)(await _api.PostAsync("/v1/models/scored/ground-truth", body).JsonAsync(HttpStatusCode.Accepted))["accepted"]! == 1;
    }
}

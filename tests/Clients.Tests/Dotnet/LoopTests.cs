using System.Net;
using System.Text.Json.Nodes;
using Platform.Client;
using Platform.Client.Explanations;
using Platform.Client.Monitoring;
using Platform.Client.Tensors;
using Platform.Client.Transport;
using Platform.TestKit;

namespace Platform.Clients.Tests.Dotnet;

/// <summary>What the platform is for, by the .NET client.</summary>
[Collection(TheClientPlatform.Name)]
public sealed class LoopTests(ClientPlatform platform) : IDisposable
{
    private const string Model = ClientPlatform.Model;

    private readonly PlatformClient _client = new(platform.Address);

    private static Tensor Ones => Tensor.Of<float>("input", [.. Enumerable.Repeat(1f, 20)], 1, 20);

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task Versions_are_registered_promoted_and_rolled_back()
    {
        const string model = "net-versions";
        foreach (var version in new[] { 1, 2 }) Assert.Equal($"{version}", (await _client.Models.RegisterAsync(model, CreditRows.Upload(version))).Version);
        await _client.Models.PromoteAsync(model, "1");
        var promotion = await _client.Models.PromoteAsync(model, "2", reason: "better");
        Assert.Equal(("completed", "1", "better"), (promotion.State, promotion.PreviousVersion, promotion.Reason));
        Assert.All(promotion.Gates!, gate => Assert.True(gate.Passed));
        Assert.Equal("2", (await _client.Predictions.InferAsync(model, [Ones])).Version); // as PromoteAsync waits
        Assert.Equal("1", (await _client.Models.RollBackAsync(model)).Version);
        Assert.Equal("1", (await _client.Predictions.InferAsync(model, [Ones])).Version);
        Assert.Equal(["champion"], (await _client.Models.GetVersionAsync(model, "1")).Aliases);
        Assert.Equal(["1", "2"], (await _client.Models.ListVersionsAsync(model).ToListAsync()).Select(version => version.Version));
        Assert.Equal("1", (await _client.Models.ListAsync().ToListAsync()).Single(each => each.Name == model).Aliases["champion"]);
        Assert.Contains(await _client.Models.ListHistoryAsync(model).ToListAsync(), entry => entry is { Action: "rolled_back", Version: "1" });
    }

    [Fact]
    public async Task Rows_are_predicted_by_feature_name()
    {
        var answer = await _client.Predictions.PredictAsync(Model, CreditRows.Take(3), predictionId: "net-rows");
        Assert.Equal(["net-rows:0", "net-rows:1", "net-rows:2"], answer.Rows.Select(row => row.PredictionId));
        Assert.All(answer.Rows, row => Assert.Contains(row.Class, new[] { "good", "bad" }));
        Assert.All(answer.Rows, row => Assert.Equal(row.Outputs["probabilities"]!.AsArray().Max(value => (double)value!), row.Score!.Value, 6));
    }

    [Fact]
    public async Task Tensors_are_answered_alike_over_HTTP_and_gRPC()
    {
        var http = await _client.Predictions.InferAsync(Model, [Ones]);
        var grpc = await _client.Grpc.InferAsync(Model, [Ones], predictionId: "net-grpc");
        Assert.Equal(http.Outputs["probabilities"].As<float>().ToArray(), grpc.Outputs["probabilities"].As<float>().ToArray());
        Assert.Equal([1, 2], grpc.Outputs["probabilities"].Shape);
        Assert.Equal(("1", "net-grpc"), (grpc.Version, grpc.PredictionId));
    }

    [Fact]
    public async Task Jobs_are_awaited()
    {
        var rows = CreditRows.Take(2);
        var job = await _client.Predictions.SubmitAsync(Model, rows, idempotencyKey: "net-job");
        Assert.Equal(job.Id, (await _client.Predictions.SubmitAsync(Model, rows, idempotencyKey: "net-job")).Id);
        var expected = await _client.Predictions.PredictAsync(Model, rows);
        Assert.Equal(expected.Rows.Select(row => row.Class), (await job.GetRowsAsync()).Rows.Select(row => row.Class));
        Assert.Equal("succeeded", await _client.Predictions.Job(job.Id).GetStateAsync());
        var tensors = await (await _client.Predictions.SubmitAsync(Model, [Ones])).GetTensorsAsync();
        Assert.Equal(2, tensors.Outputs["probabilities"].As<float>().Length);
        Assert.Equal(HttpStatusCode.Conflict, (await Assert.ThrowsAsync<PlatformException>(() => job.CancelAsync())).Status);
    }

    [Fact]
    public async Task Predictions_are_explained_and_shown()
    {
        var prediction = await _client.Predictions.PredictAsync(Model, CreditRows.Take(1));
        var explanation = await _client.Explanations.ExplainAsync(Model, prediction.Rows[0].PredictionId);
        var row = Assert.Single(explanation.Rows);
        Assert.Equal(row.Prediction[0]!.Value, row.Base[0]!.Value + row.Attributions.Sum(parts => parts[0]!.Value), 3);
        Assert.Equal(explanation.Features.Count, row.Attributions.Count);
        Assert.NotEmpty(explanation.Sentences);
        Assert.Contains("<svg", await _client.Explanations.GetSvgAsync(explanation.Id, "bars"), StringComparison.Ordinal);
        Assert.Contains("<html", await _client.Explanations.GetHtmlAsync(explanation.Id), StringComparison.Ordinal);
        Assert.Equal("kernel", (await _client.Explanations.ExplainAsync(Model, new ExplanationRequest { Inputs = [Ones], Method = "kernel" })).Method);
    }

    [Fact]
    public async Task Labels_windows_and_alerts_are_told_and_read()
    {
        const string model = "net-windows";
        var version = await _client.Models.RegisterAsync(model, CreditRows.Upload(1));
        await _client.Models.PromoteAsync(model, version.Version);
        var answer = await _client.Predictions.PredictAsync(model, CreditRows.Take(ClientPlatform.WindowRows + 20));
        var receipt = await _client.Monitoring.LabelAsync(model, answer.Rows.Select(row => new Label(row.PredictionId, row.Class!)));
        Assert.Equal(answer.Rows.Count, receipt.Accepted + receipt.Unknown);
        var window = await Eventually.ValueAsync(async () => (await _client.Monitoring.ListWindowsAsync(model).ToListAsync()).FirstOrDefault(), "a window has closed");
        Assert.True(window.Count >= ClientPlatform.WindowRows);
        Assert.NotNull(window.Details["drift"]);
        Assert.All(await _client.Monitoring.ListAlertsAsync("active").ToListAsync(), alert => Assert.Equal("active", alert.State));
    }

    [Fact]
    public async Task Events_are_followed()
    {
        const string model = "net-events";
        await _client.Models.RegisterAsync(model, CreditRows.Upload(1));
        var types = new List<string>();
        await foreach (var happened in _client.Events.FollowAsync(after: 0).Where(happened => happened.Model == model))
        {
            types.Add(happened.Type);
            if (types.Count == 1) await _client.Models.PromoteAsync(model, "1"); // while the stream is open
            if (happened.Type.Contains("promoted", StringComparison.Ordinal)) break;
        }

        Assert.Equal(["registry.model-registered.v1", "registry.model-version-created.v1", "registry.model-promoted.v1"], types);
    }

    [Fact]
    public async Task Refusals_have_the_same_codes_over_HTTP_and_gRPC()
    {
        var rows = await Assert.ThrowsAsync<PlatformException>(() => _client.Predictions.PredictAsync(Model, [new JsonObject { ["age"] = 1 }]));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "inference.rows_invalid"), (rows.Status, rows.Code));
        Assert.Contains("rows[0].duration", rows.Errors.Keys);
        var missing = await Assert.ThrowsAsync<PlatformException>(() => _client.Grpc.InferAsync("nobody", [Ones]));
        Assert.Equal((HttpStatusCode.NotFound, "inference.model_unknown"), (missing.Status, missing.Code));
        Assert.Equal(HttpStatusCode.NotFound, (await Assert.ThrowsAsync<PlatformException>(() => _client.Predictions.InferAsync("nobody", [Ones]))).Status);
        var previous = await Assert.ThrowsAsync<PlatformException>(() => _client.Models.RollBackAsync(Model));
        Assert.Equal("registry.no_previous_version", previous.Code);
    }
}

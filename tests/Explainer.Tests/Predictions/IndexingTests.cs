using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Platform.Contracts.Inference;
using Platform.Hosting;
using Platform.Hosting.PredictionLog;
using Platform.Hosting.PredictionLog.Index;
using Platform.TestKit;
using Platform.TestModels;

namespace Platform.Explainer.Tests.Predictions;

public sealed class IndexingTests
{
    [Fact]
    public async Task Until_the_log_was_read_once_an_unknown_prediction_is_asked_for_again_and_not_denied()
    {
        await using var explainer = await ExplainerHost.StartAsync(("Explainer:PredictionPatience", "00:00:00.1"));
        explainer.Registry.Add("linear", TinyModels.Linear().ToArray(), null, ["""{"inputs":{"x":[0,0,0]}}"""], version: "1");
        var index = explainer.Host.App.Services.GetRequiredService<PredictionIndex>();
        await Eventually.TrueAsync(() => index.IsBuilt, "an empty log has been read");
        index.IsBuilt = false; // as at a start, while a long log is being read

        using var early = await explainer.PostAsync("linear", """{"predictionId":"unknown"}""");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, early.StatusCode);
        Assert.NotNull(early.Headers.RetryAfter);
        Assert.Contains("explainer.predictions_unavailable", await early.Content.ReadAsStringAsync());

        explainer.Host.App.Services.GetRequiredService<IPredictionLogWriter>().Append(JsonSerializer.SerializeToUtf8Bytes(
            new PredictionLogged { Id = "next", Subject = "linear", Time = DateTimeOffset.UtcNow }, PlatformJson.Tolerant));
        await Eventually.TrueAsync(() => index.IsBuilt, "a record of now has been read");
        using var late = await explainer.PostAsync("linear", """{"predictionId":"unknown"}""");
        Assert.Equal(HttpStatusCode.NotFound, late.StatusCode);
    }
}

using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Platform.EndToEnd.Tests.Running;
using Platform.TestKit;
using Platform.TestKit.Api;

namespace Platform.EndToEnd.Tests.Privacy;

/// <summary>Errors of docs/errors.md, provoked over HTTP, name no path, file, type or source line (<see cref="Discretion"/>).</summary>
[Collection(LoopInDistributed.Name)]
public sealed partial class ErrorBodyTests(StandalonePlatform standalone, DistributedPlatform distributed)
{
    /// <summary>
    /// What takes an outage, a full queue, a race, a time-out, or another model than the sample: their sentences are constants, or the services' own
    /// tests provoke them and hold them to the same.
    /// </summary>
    private static readonly string[] NotProvoked =
    [
        "request.timeout", "request.rate_limited", "internal", "service.unreachable", "documents.unavailable", "replica.none_active", "request.refused",
        "inference.run_failed", "inference.answer_too_large", "inference.not_ready", "inference.model_not_ready", "inference.version_not_loadable",
        "inference.load_failed", "inference.rows_unsupported", "inference.job_result_too_large", "inference.no_champion", "inference.job_finished", "inference.job_cancelled",
        "explainer.explanation_finished", "explainer.explanation_cancelled",
        "inference.idempotency_key_reused", "inference.job_given_up", "inference.job_broken", "inference.timeout", "inference.queue_full", "inference.busy",
        "inference.scoring_no_result", "inference.scoring_file_invalid", "inference.scoring_full", "inference.scoring_too_slow", "inference.scoring_outgrown",
        "inference.jobs_full", "inference.job_contended", "inference.registry_away", "registry.reference_not_found", "registry.contended",
        "registry.metadata_invalid", "registry.pipeline_invalid", "registry.version_in_use", "registry.reference_invalid", "registry.gates_failed", "registry.busy", "registry.too_many_streams",
        "monitor.nothing_serves", "monitor.alert_resolved", "monitor.too_many_rules", "monitor.too_many_outcome_names", "monitor.busy", "monitor.registry_unreachable",
        "monitor.prediction_row_not_found", "monitor.prediction_dropped", "monitor.prediction_row_needed", "monitor.prediction_not_answered", "monitor.prediction_unreadable", "monitor.predictions_unavailable",
        "explainer.prediction_row_not_found", "explainer.prediction_not_explainable", "explainer.row_count", "explainer.too_many_features",
        "explainer.too_many_classes", "explainer.answer_too_large", "explainer.no_background", "explainer.rows_too_few", "explainer.unsupported", "explainer.output_not_numeric",
        "explainer.output_not_per_row", "explainer.output_not_finite", "explainer.model_not_loadable", "explainer.model_failed",
        "explainer.work_too_large", "explainer.time_limit", "explainer.busy", "explainer.queue_full", "explainer.failed",
        "explainer.registry_unavailable", "explainer.predictions_unavailable",
        // Where callers are asked, and what the services' tests of keys, isolation, gRPC, MLflow and disks provoke.
        "access.unauthenticated", "access.denied", "access.address_refused", "request.protocol", "access.keys_unavailable",
        "access.provider_unavailable", "inference.message_invalid", "inference.deadline_invalid", "inference.worker_died", "inference.worker_away", "inference.not_recorded",
        "inference.stopping", "inference.deadline_exceeded", "access.key_not_found", "access.too_many_keys", "registry.model_serves",
        "registry.model_in_use", "registry.version_serves", "registry.vetting_unavailable", "registry.promotion_running", "registry.promotion_ended",
        "registry.nothing_to_compare", "registry.split_invalid", "explainer.method_not_applicable",
        "explainer.worker_died", "explainer.worker_away", "storage.full", "storage.unavailable",
    ];

    [Fact]
    public void Every_code_of_the_page_is_provoked_or_named_as_one_that_is_not()
    {
        var codes = Row().Matches(File.ReadAllText(Repository.PathOf("docs", "errors.md"))).Select(row => row.Groups["code"].Value);
        Assert.Equal(codes.Order(StringComparer.Ordinal),
            ProvokedError.All.Select(error => error.Code).Distinct().Concat(NotProvoked).Order(StringComparer.Ordinal));
    }

    [Fact]
    public Task In_one_process_errors_tell_nothing_of_the_inside() => ProvokeAllAsync(standalone.Api);

    [Fact]
    public Task Behind_the_gateway_errors_tell_nothing_of_the_inside() => ProvokeAllAsync(distributed.Api);

    private static async Task ProvokeAllAsync(PlatformApi api)
    {
        var (model, empty) = ($"provoked-{Guid.NewGuid():n}", $"empty-{Guid.NewGuid():n}");
        await api.ServeCreditAsync(model);
        await api.PostAsync("/v1/models", new JsonObject { ["name"] = empty }).JsonAsync(HttpStatusCode.Created);
        var wrong = new ConcurrentBag<string>();
        // Several at a time: who asks for what is not there yet waits a while.
        await Parallel.ForEachAsync(ProvokedError.All, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (error, _) =>
        {
            using var answer = await api.Http.SendAsync(error.ToRequest(model, empty), CancellationToken.None);
            var body = await answer.Content.ReadAsStringAsync(CancellationToken.None);
            Discretion.AssertKept($"{error}", $"{answer.Headers}{body}");
            if ((int)answer.StatusCode < 400 || ((string?)JsonNode.Parse(body)!["code"] is { } code && code != error.Code))
                wrong.Add($"{error}: {(int)answer.StatusCode} {body}");
        });
        Assert.True(wrong.IsEmpty, string.Join('\n', wrong));
    }

    [GeneratedRegex(@"^\| (?:[\d, ]+|any) \| `(?<code>[a-z_.]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}

using System.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Platform.Contracts.Inference;
using Platform.Hosting.Defaults;
using Platform.Hosting.Errors;
using Platform.Inference.Batching;
using Platform.Inference.Models;
using Platform.Inference.Protocol;
using Platform.Inference.Recording;

namespace Platform.Inference.Predictions;

/// <summary><c>POST /v2/models/{model}[/versions/{version}]/infer</c>: from the body's bytes to the reply's, then to the record.</summary>
internal sealed class InferEndpoint(
    ModelTable models, BodyReader bodies, PredictionRecorder recorder, InferenceMetrics metrics, TimeProvider time)
{
    private const string PredictionIdHeader = "x-prediction-id";
    private const string ModelVersionHeader = "x-model-version";
    private const string RouteKeyHeader = "x-route-key";

    public async Task HandleAsync(HttpContext context)
    {
        var started = time.GetTimestamp();
        if (!TryTakePredictionId(context, out var id))
        {
            await RefuseAsync(context, PredictionErrors.BadPredictionId);
            return;
        }

        var version = Acquire(context, out var route, out var unknown);
        if (version is null) await RefuseAsync(context, unknown!);
        else await ServeAsync(context, version, Facts(context, id, route, started));
    }

    private async Task ServeAsync(HttpContext context, LoadedVersion version, PredictionFacts facts)
    {
        context.Response.Headers[PredictionIdHeader] = facts.Id;
        context.Response.Headers[ModelVersionHeader] = version.Version;
        var prediction = version.Predictions.Rent();
        prediction.Begin(facts);
        try
        {
            var refusal = await PredictAsync(context, version, prediction);
            if (refusal is null) await ReplyAsync(context, prediction.Answer);
            else await RefuseAsync(context, refusal);
        }
        catch (Exception exception)
        {
            EndByException(context, prediction, exception);
            throw;
        }
        finally
        {
            prediction.Facts.Ended = time.GetTimestamp();
            bodies.Release(prediction.Body);
            recorder.Record(version, prediction);
            metrics.Ended(version, prediction);
            version.Predictions.Return(prediction);
            version.Release();
        }
    }

    private async ValueTask<Error?> PredictAsync(HttpContext context, LoadedVersion version, Prediction prediction)
    {
        if (await bodies.ReadAsync(context, prediction.Body) is { } refusal) return Rejected(prediction, refusal);
        if (!InferRequestReader.TryRead(prediction.Body.Written, prediction.Request, out var problem))
            return Rejected(prediction, PredictionErrors.Malformed(problem));
        prediction.HasInputs = true;

        var result = await RunAsync(context, version, prediction);
        if (result.Status != BatchStatus.Completed) return Unsuccessful(prediction, result);
        version.Responses.Write(prediction.Answer, prediction.Request, prediction.Body.Written, prediction.Outputs);
        prediction.End(PredictionStatus.Succeeded);
        return null;
    }

    private static async ValueTask<BatchResult> RunAsync(HttpContext context, LoadedVersion version, Prediction prediction)
    {
        var item = prediction.Item;
        var canShare = version.WarmUp.CanShare && prediction.Request.HasRows;
        item.Begin(prediction.Request.Rows, canShare, version.Batcher.Settings.DefaultPriority);
        var running = version.Batcher.RunAsync(item);
        if (running.IsCompleted) return await running;

        await using var leaving = context.RequestAborted.UnsafeRegister(
            static state => LeaveQueue((Waiting)state!), new Waiting(version.Batcher, item));
        return await running;
    }

    private static void LeaveQueue(Waiting waiting) =>
        waiting.Batcher.TryRemove(waiting.Item, new BatchResult(BatchStatus.Cancelled, "The caller left before the answer."));

    private static async Task ReplyAsync(HttpContext context, ByteBuffer answer)
    {
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = answer.Length;
        await context.Response.BodyWriter.WriteAsync(answer.WrittenMemory, context.RequestAborted);
        await context.Response.CompleteAsync();
    }

    private static async Task RefuseAsync(HttpContext context, Error error)
    {
        await Problems.From(error).ExecuteAsync(context);
        await context.Response.CompleteAsync();
    }

    private LoadedVersion? Acquire(HttpContext context, out string route, out Error? unknown)
    {
        var values = context.Request.RouteValues;
        var (model, wanted) = ((string)values["model"]!, (string?)values.GetValueOrDefault("version"));
        var version = models.Acquire(model, wanted, out route);
        unknown = version is null ? ModelErrors.Explain(models, model, wanted) : null;
        return version;
    }

    private PredictionFacts Facts(HttpContext context, string id, string route, long started) => new()
    {
        Id = id,
        RequestId = context.GetRequestId(),
        Route = route,
        RouteKey = context.Request.Headers.TryGetValue(RouteKeyHeader, out var key) ? key.ToString() : null,
        TraceId = Activity.Current?.TraceId.ToHexString(),
        At = time.GetUtcNow(),
        Started = started,
    };

    private bool TryTakePredictionId(HttpContext context, out string id)
    {
        var given = context.Request.Headers[PredictionIdHeader];
        id = given.Count == 0 ? RequestIds.Create(time) : given.ToString();
        return given.Count == 0 || RequestIds.IsWellFormed(id);
    }

    private static Error Rejected(Prediction prediction, Error error)
    {
        prediction.End(PredictionStatus.Rejected, error.Detail);
        return error;
    }

    private static Error? Unsuccessful(Prediction prediction, BatchResult result)
    {
        var problem = result.Problem ?? "";
        prediction.End(StatusOf(result.Status), problem);
        return result.Status switch
        {
            BatchStatus.Refused => PredictionErrors.QueueFull(problem),
            BatchStatus.Failed => PredictionErrors.RunFailed(problem),
            _ => PredictionErrors.TimedOut(problem),
        };
    }

    private static string StatusOf(BatchStatus status) => status switch
    {
        BatchStatus.Failed => PredictionStatus.Failed,
        BatchStatus.Cancelled => PredictionStatus.Cancelled,
        _ => PredictionStatus.Rejected,
    };

    private static void EndByException(HttpContext context, Prediction prediction, Exception exception)
    {
        if (context.RequestAborted.IsCancellationRequested || exception is OperationCanceledException) return;
        if (exception is BadHttpRequestException bad) prediction.End(PredictionStatus.Rejected, bad.Message);
        else prediction.End(PredictionStatus.Failed, "Something went wrong here, not in the request.");
    }

    private sealed record Waiting(Batcher Batcher, BatchItem Item);
}

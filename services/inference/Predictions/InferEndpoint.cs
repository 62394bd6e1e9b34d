using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
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
    ModelTable models, OnDemand onDemand, BodyReader bodies, AnswerWriter answers, PredictionRecorder recorder, InferenceMetrics metrics,
    TimeProvider time)
{
    // The server copies what it is given in one piece into memory of its own, however slowly it is read.
    private const int Piece = 256 << 10;

    public Task HandleAsync(HttpContext context)
    {
        var started = time.GetTimestamp();
        if (!PredictionHeaders.TryTakePredictionId(context, time, out var id)) return RefuseAsync(context, PredictionErrors.BadPredictionId);

        var (model, wanted) = Target(context);
        var facts = Facts(context, id, wanted, started);
        if (models.Acquire(model, wanted) is { } version) return ServeAsync(context, version, Begin(context, version, facts));
        return bodies.RefuseLength(context.Request) is { } tooLong ? RefuseAsync(context, tooLong) : FetchAndServeAsync(context, model, wanted, facts);
    }

    private async Task FetchAndServeAsync(HttpContext context, string model, string? wanted, PredictionFacts facts)
    {
        var found = await onDemand.AcquireAsync(model, wanted, context.RequestAborted);
        if (found.Succeeded(out var version, out var unknown)) await ServeAsync(context, version, Begin(context, version, facts));
        else await RefuseAsync(context, unknown);
    }

    private static Prediction Begin(HttpContext context, LoadedVersion version, in PredictionFacts facts)
    {
        context.Response.Headers[PredictionHeaders.PredictionId] = facts.Id;
        context.Response.Headers[PredictionHeaders.ModelVersion] = version.Version;
        var prediction = version.Predictions.Rent();
        prediction.Begin(context, facts);
        return prediction;
    }

    // The only asynchronous method here that waits for the model, and with little to keep meanwhile: its state is left to the
    // garbage collector, and so would be that of any other.
    private async Task ServeAsync(HttpContext context, LoadedVersion version, Prediction prediction)
    {
        using var activity = InferenceTracing.Start(version);
        try
        {
            var unread = await bodies.ReadAsync(context, prediction.Body, prediction.Scratch);
            var refusal = unread is null ? Parse(context, version, prediction) : Rejected(prediction, unread);
            refusal ??= Answer(context, version, prediction, await QueuedRun.RunAsync(version, prediction, time));
            if (refusal is not null) await RefuseAsync(context, refusal);
            else if (await ReplyAsync(context, prediction)) prediction.End(PredictionStatus.Succeeded);
        }
        catch (Exception exception)
        {
            EndByException(context, prediction, exception);
            throw;
        }
        finally
        {
            Finish(version, prediction, activity);
        }
    }

    /// <summary>What is done once the reply has gone.</summary>
    private void Finish(LoadedVersion version, Prediction prediction, Activity? activity)
    {
        prediction.Facts.Ended = time.GetTimestamp();
        bodies.Release(prediction.BodyLength);
        answers.Release(prediction);
        recorder.Record(version, prediction);
        metrics.Ended(version, prediction);
        version.Statistics.Add(prediction);
        InferenceTracing.End(activity, prediction);
        version.Predictions.Return(prediction);
        version.Release();
    }

    private static Error? Parse(HttpContext context, LoadedVersion version, Prediction prediction)
    {
        if (!PredictionHeaders.TryReadJsonLength(context.Request.Headers, out var jsonLength))
            return Rejected(prediction, PredictionErrors.BadJsonLength);
        if (!InferRequestReader.TryRead(prediction.Body.Written, jsonLength, prediction.Request, out var problem))
            return Rejected(prediction, PredictionErrors.Malformed(problem));
        prediction.TakeInputs(prediction.Body.Written, version.Records);
        return null;
    }

    private Error? Answer(HttpContext context, LoadedVersion version, Prediction prediction, BatchResult result)
    {
        if (result.RetryAfter is { } pause) context.Response.Headers.RetryAfter = Math.Ceiling(pause.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        if (result.Status != BatchStatus.Completed) return Unsuccessful(prediction, result);
        if (answers.Write(version, prediction) is not { } refusal) return null;
        prediction.End(refusal == PredictionErrors.Busy ? PredictionStatus.Rejected : PredictionStatus.Failed, refusal.Detail);
        return refusal;
    }

    /// <summary>Sends the answer; false when its caller had left.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<bool> ReplyAsync(HttpContext context, Prediction prediction)
    {
        var response = context.Response;
        response.ContentType = prediction.AnswerJsonLength is null ? "application/json" : "application/octet-stream";
        if (prediction.AnswerJsonLength is { } jsonLength) response.Headers[PredictionHeaders.JsonLength] = jsonLength.ToString();
        var answer = prediction.Answer;
        if (ContentCoding.Choose(context.Request.Headers, answer.Length) is { } coding)
        {
            response.Headers.ContentEncoding = coding.Name;
            coding.Compress(answer, answer = prediction.Scratch);
        }

        response.ContentLength = answer.Length;
        var rest = answer.WrittenMemory;
        for (; rest.Length > Piece; rest = rest[Piece..])
            if ((await response.BodyWriter.WriteAsync(rest[..Piece], CancellationToken.None)).IsCompleted) return false;
        return !(await response.BodyWriter.WriteAsync(rest, CancellationToken.None)).IsCompleted;
    }

    private static async Task RefuseAsync(HttpContext context, Error error)
    {
        await Problems.From(error).ExecuteAsync(context);
        await context.Response.CompleteAsync();
    }

    private static (string Model, string? VersionOrAlias) Target(HttpContext context)
    {
        var values = context.Request.RouteValues;
        return ((string)values["model"]!, (string?)values.GetValueOrDefault("version"));
    }

    private PredictionFacts Facts(HttpContext context, string id, string? wanted, long started) => new()
    {
        Id = id,
        RequestId = context.GetRequestId(),
        Route = RouteOf(wanted),
        RouteKey = context.Request.Headers.TryGetValue(PredictionHeaders.RouteKey, out var key) ? key.ToString() : null,
        TraceId = Activity.Current?.TraceId.ToHexString(),
        TraceParent = InferenceTracing.Parent,
        At = time.GetUtcNow(),
        Started = started,
    };

    private static string RouteOf(string? versionOrAlias)
    {
        if (versionOrAlias is null) return ModelEntry.Champion;
        return versionOrAlias.All(char.IsAsciiDigit) ? "version" : versionOrAlias;
    }

    private static Error Rejected(Prediction prediction, Error error)
    {
        prediction.End(PredictionStatus.Rejected, error.Detail);
        return error;
    }

    private static Error Unsuccessful(Prediction prediction, BatchResult result)
    {
        var problem = result.Problem ?? "";
        var (status, error) = result.Status switch
        {
            BatchStatus.Failed => (PredictionStatus.Failed, PredictionErrors.RunFailed(problem)),
            BatchStatus.Refused => (PredictionStatus.Rejected, PredictionErrors.QueueFull(problem)),
            BatchStatus.WorkerDied => (PredictionStatus.Failed, PredictionErrors.WorkerDied(problem)),
            BatchStatus.WorkerAway => (PredictionStatus.Rejected, PredictionErrors.WorkerAway(problem)),
            BatchStatus.TimedOut => (PredictionStatus.Rejected, PredictionErrors.TimedOut(problem)),
            _ => (PredictionStatus.Cancelled, PredictionErrors.TimedOut(problem)),
        };
        prediction.End(status, problem);
        return error;
    }

    private static void EndByException(HttpContext context, Prediction prediction, Exception exception)
    {
        if (context.RequestAborted.IsCancellationRequested || exception is OperationCanceledException) return;
        if (exception is BadHttpRequestException bad) prediction.End(PredictionStatus.Rejected, bad.Message);
        else prediction.End(PredictionStatus.Failed, "Something went wrong here, not in the request.");
    }
}

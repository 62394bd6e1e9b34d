using System.Diagnostics;
using Platform.Contracts.Inference;
using Platform.Hosting.Errors;
using Platform.Inference.Batching;
using Platform.Inference.Models;
using Platform.Inference.Recording;
using Platform.Inference.Requests;
using Platform.Inference.Routing;
using Platform.Inference.Telemetry;

namespace Platform.Inference.Predictions;

/// <summary>
/// One prediction from the question which version answers to its record, whatever the transport: acquire, read, queue, answer, account.
/// </summary>
internal sealed class DataPlane(
    ModelTable models, OnDemand onDemand, AnswerWriter answers, PredictionRecorder recorder, InferenceMetrics metrics, ShadowQueue shadows,
    TimeProvider time)
{
    /// <summary>Answers a call, or tells it why not.</summary>
    /// <param name="call">The transport's part; a structure costs no allocation.</param>
    /// <param name="model">The model's name.</param>
    /// <param name="wanted">A version's number or an alias; null for the champion.</param>
    /// <param name="facts">What is known of the prediction.</param>
    public Task PredictAsync<TCall>(in TCall call, string model, string? wanted, in PredictionFacts facts) where TCall : IPredictionCall
    {
        if (models.Acquire(model, wanted, out var split) is { } version)
            return split is null ? ServeAsync(call, version, Begin(call, version, facts)) : ServeSplitAsync(call, wanted, version, split, facts);
        return call.RefuseUnread() is { } refusal ? call.RefuseAsync(refusal) : FetchAndServeAsync(call, model, wanted, facts);
    }

    private async Task FetchAndServeAsync<TCall>(TCall call, string model, string? wanted, PredictionFacts facts) where TCall : IPredictionCall
    {
        var found = await onDemand.AcquireAsync(model, wanted, call.Leaving);
        if (!found.Succeeded(out var version, out var unknown)) await call.RefuseAsync(unknown);
        else if (models.Find(model)?.FindSplit(wanted) is { } split) await ServeSplitAsync(call, wanted, version, split, facts);
        else await ServeAsync(call, version, Begin(call, version, facts));
    }

    private Task ServeSplitAsync<TCall>(in TCall call, string? wanted, LoadedVersion champion, AliasSplit split, PredictionFacts facts)
        where TCall : IPredictionCall
    {
        var version = Choose(call, champion, split, ref facts);
        var prediction = Begin(call, version, facts);
        return version == champion && split.Traffic.IsShadowed(facts.RouteKey)
            ? ServeShadowedAsync(call, wanted, version, prediction)
            : ServeAsync(call, version, prediction);
    }

    private Task ServeShadowedAsync<TCall>(in TCall call, string? wanted, LoadedVersion version, Prediction prediction) where TCall : IPredictionCall
    {
        prediction.MayKeepBody = shadows.TryReserve;
        var again = call.AgainForShadow;
        return ServeAsync(call, version, prediction, Offer);

        void Offer(byte[] body) => shadows.Offer(new(version.Model, wanted, body, again, prediction.Facts));
    }

    /// <summary>The version that answers. A challenger that is not loaded here leaves its share to the champion.</summary>
    private static LoadedVersion Choose<TCall>(in TCall call, LoadedVersion champion, AliasSplit split, ref PredictionFacts facts)
        where TCall : IPredictionCall
    {
        var challenger = split.Traffic.ChooseChallenger(facts.RouteKey, call.WantedRole) is { } chosen ? split.TryAcquire(chosen) : null;
        facts = facts with { Route = challenger is null ? RouteRole.Champion : RouteRole.Challenger };
        if (challenger is not null) champion.Release();
        return challenger ?? champion;
    }

    private static Prediction Begin<TCall>(in TCall call, LoadedVersion version, in PredictionFacts facts) where TCall : IPredictionCall
    {
        var prediction = version.Predictions.Rent();
        call.Begin(version, prediction, facts);
        return prediction;
    }

    // The only asynchronous method here that waits for the model, and with little to keep meanwhile: its state is left to the
    // garbage collector, and so would be that of any other.
    private async Task ServeAsync<TCall>(TCall call, LoadedVersion version, Prediction prediction, Action<byte[]>? shadow = null)
        where TCall : IPredictionCall
    {
        using var activity = InferenceTracing.Start(version);
        try
        {
            var refusal = await call.ReadAsync(version, prediction) is { } unread
                ? Ended(call, prediction, PredictionStatus.Rejected, unread)
                : Answer(call, version, prediction, await QueuedRun.RunAsync(version, prediction, time));
            if (refusal is null && version.Records.ComesFirst) refusal = await RecordFirstAsync(call, version, prediction);
            if (refusal is not null) await call.RefuseAsync(refusal);
            else if (await call.SendAsync(prediction)) prediction.End(PredictionStatus.Succeeded);
        }
        catch (Exception exception)
        {
            EndByException(prediction, exception);
            throw;
        }
        finally
        {
            // A shadow is compared with answers: what found no room, or nobody to answer to, goes without one.
            if (prediction is { KeptBody: { } body, Status: PredictionStatus.Succeeded or PredictionStatus.Failed }) shadow?.Invoke(body);
            else if (prediction.KeptBody is { } unwanted) shadows.GiveBack(unwanted);
            Finish(call, version, prediction, activity);
        }
    }

    private Error? Answer<TCall>(in TCall call, LoadedVersion version, Prediction prediction, BatchResult result) where TCall : IPredictionCall
    {
        if (result.Status != BatchStatus.Completed) return Unsuccessful(call, prediction, result);
        if (answers.Write(call, version, prediction) is not { } refusal) return null;
        var status = PredictionErrors.IsForWantOfRoom(refusal) ? PredictionStatus.Rejected : PredictionStatus.Failed;
        return Ended(call, prediction, status, refusal);
    }

    private async ValueTask<Error?> RecordFirstAsync<TCall>(TCall call, LoadedVersion version, Prediction prediction) where TCall : IPredictionCall
    {
        prediction.Facts.Ended = time.GetTimestamp();
        prediction.End(PredictionStatus.Succeeded);
        if (await recorder.RecordFirstAsync(version, prediction, call.TriesAgain ? call.Leaving : null)) return null;
        prediction.End(PredictionStatus.Cancelled);
        return Ended(call, prediction, PredictionStatus.Rejected, PredictionErrors.NotRecorded);
    }

    private static Error Unsuccessful<TCall>(in TCall call, Prediction prediction, BatchResult result) where TCall : IPredictionCall
    {
        var problem = result.Problem ?? "";
        var (status, error) = result.Status switch
        {
            BatchStatus.Failed => (PredictionStatus.Failed, PredictionErrors.RunFailed(problem)),
            BatchStatus.Refused => (PredictionStatus.Rejected, PredictionErrors.QueueFull(problem)),
            BatchStatus.TimedOut => (PredictionStatus.Rejected, PredictionErrors.TimedOut(problem)),
            BatchStatus.WorkerDied => (PredictionStatus.Failed, PredictionErrors.WorkerDied(problem)),
            BatchStatus.WorkerAway => (PredictionStatus.Failed, PredictionErrors.WorkerAway(problem, result.RetryAfter)),
            BatchStatus.Expired => (PredictionStatus.Rejected, PredictionErrors.Expired(problem)),
            _ when prediction.Facts.Deadline.HasPassed => (PredictionStatus.Cancelled, PredictionErrors.Expired(problem)),
            _ => (PredictionStatus.Cancelled, PredictionErrors.TimedOut(problem)),
        };
        return Ended(call, prediction, status, error);
    }

    private static Error Ended<TCall>(in TCall call, Prediction prediction, string status, Error error) where TCall : IPredictionCall
    {
        // What is tried again has not ended: it stays as it began.
        if (!call.TriesAgain || !PredictionErrors.IsForWantOfRoom(error)) prediction.End(status, error.Detail);
        return error;
    }

    private static void EndByException(Prediction prediction, Exception exception)
    {
        if (prediction.HasLeft || exception is OperationCanceledException) return;
        if (exception is BadHttpRequestException bad) prediction.End(PredictionStatus.Rejected, bad.Message);
        else prediction.End(PredictionStatus.Failed, "Something went wrong here, not in the request.");
    }

    /// <summary>What is done once the reply has gone.</summary>
    private void Finish<TCall>(in TCall call, LoadedVersion version, Prediction prediction, Activity? activity) where TCall : IPredictionCall
    {
        prediction.Facts.Ended = time.GetTimestamp();
        call.Release(prediction);
        answers.Release(prediction);
        if (!call.TriesAgain || prediction.Status != PredictionStatus.Cancelled) Account(version, prediction);
        InferenceTracing.End(activity, prediction);
        version.Predictions.Return(prediction);
        version.Release();
    }

    private void Account(LoadedVersion version, Prediction prediction)
    {
        recorder.Record(version, prediction);
        metrics.Ended(version, prediction);
        version.Statistics.Add(prediction);
    }
}

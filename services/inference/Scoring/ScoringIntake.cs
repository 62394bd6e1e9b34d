using Microsoft.Extensions.Options;
using Platform.Hosting.Documents;
using Platform.Hosting.Errors;
using Platform.Hosting.Http;
using Platform.Inference.Models;
using Platform.Inference.Predictions;
using Platform.Inference.Settings;

namespace Platform.Inference.Scoring;

/// <summary>Accepts files. The version is settled before the file is received, and the file stored before the caller hears of its job.</summary>
internal sealed class ScoringIntake(
    ScoringStore store, ScoringUploads uploads, UploadNotes notes, ScoringRoom room, ScoringStart start, OnDemand onDemand, IOptions<ScoringOptions> options,
    IOptions<ServingOptions> serving, TimeProvider time, ILogger<ScoringIntake> logger) : IDisposable
{
    private readonly SemaphoreSlim _places = new(options.Value.MaxUploads);

    public async Task<Result<ScoringRecord>> AcceptAsync(HttpContext context, string model, string? version)
    {
        if (uploads.Refuse(context.Request) is { } refusal) return refusal;
        if (!(await TargetAsync(context, model, version)).Succeeded(out var wanted, out var unknown)) return unknown;
        if (!_places.Wait(0)) return ScoringErrors.Full;
        try
        {
            return await ReceiveAsync(context, wanted);
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose() => _places.Dispose();

    private async Task<Result<ScoringRecord>> TargetAsync(HttpContext context, string model, string? wanted)
    {
        var found = await onDemand.AcquireAsync(model, wanted, context.RequestAborted);
        if (!found.Succeeded(out var version, out var unknown)) return unknown;
        try
        {
            if (version.Rows.Problem is { } problem) return PredictionErrors.RowsUnsupported(model, problem);
            return new ScoringRecord
            {
                Id = RequestIds.Create(time),
                Model = version.Model,
                Version = version.Version,
                RequestId = context.GetRequestId(),
                BatchRows = BatchRowsOf(version),
            };
        }
        finally
        {
            version.Release();
        }
    }

    /// <summary>
    /// As many as are asked for, unless the prediction's record would hold only a sample of their inputs, or of outputs of which it is known how wide
    /// they are.
    /// </summary>
    private int BatchRowsOf(LoadedVersion version)
    {
        if (version.Rows.Inputs.Any(input => input.HasOneRow)) return 1;
        var widest = version.Schema.Outputs.Max(output => OutputCells.WidthOf(output) ?? 1);
        widest = Math.Max(widest, version.Rows.Inputs.Max(input => input.Width));
        return (int)Math.Clamp(serving.Value.Recording.MaxElements / widest, 1, options.Value.BatchRows);
    }

    private async Task<Result<ScoringRecord>> ReceiveAsync(HttpContext context, ScoringRecord wanted)
    {
        var upload = await notes.BeginAsync(wanted.Id, context.Request.ContentLength ?? options.Value.MaxFileBytes, context.RequestAborted);
        var isJob = false;
        try
        {
            if (await room.IsOverfullAsync(context.RequestAborted)) return ScoringErrors.Full;
            if (!(await uploads.ReadAsync(context.Request, upload, context.RequestAborted)).Succeeded(out var file, out var error)) return error;
            var job = wanted with { Format = file.Format!, Bytes = file.Bytes, Pieces = file.Upload.Value.Pieces, CreatedAt = time.GetUtcNow() };
            if (await room.IsOverfullAsync(context.RequestAborted)) return ScoringErrors.Full; // jobs have grown meanwhile
            isJob = await TryAddAsync(job, file.Upload);
            if (!isJob) return ScoringErrors.TooSlow(options.Value.MaxUploadTime);
            await BeginAsync(job);
            return job;
        }
        finally
        {
            if (!isJob) await notes.DropAsync(wanted.Id, CancellationToken.None);
        }
    }

    /// <summary>False when the upload was removed. Where the answer to the commit was lost, it is looked whether the job is there.</summary>
    private async Task<bool> TryAddAsync(ScoringRecord job, Document<ScoringUpload> upload)
    {
        try
        {
            return await store.TryAddAsync(job, upload, CancellationToken.None);
        }
        catch (IOException)
        {
            if (await store.FindAsync(job.Id, CancellationToken.None) is null) throw;
            return true;
        }
    }

    /// <summary>The job is accepted: what keeps it from being begun here and now is no business of the caller's, and the sweeper finds it.</summary>
    private async Task BeginAsync(ScoringRecord job)
    {
        try
        {
            await start.TryBeginAsync(job.Id, CancellationToken.None);
        }
#pragma warning disable CA1031 // whatever it was, the job is stored
        catch (Exception exception)
#pragma warning restore CA1031
        {
            logger.NotBegun(exception, job.Id);
        }
    }
}

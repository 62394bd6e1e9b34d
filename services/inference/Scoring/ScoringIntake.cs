using Microsoft.Extensions.Options;
using Platform.Hosting.Errors;
using Platform.Hosting.Http;
using Platform.Inference.Jobs;
using Platform.Inference.Models;
using Platform.Inference.Predictions;
using Platform.Inference.Settings;

namespace Platform.Inference.Scoring;

/// <summary>Accepts files. The version is settled before the file is received, and the file stored before the caller hears of its job.</summary>
internal sealed class ScoringIntake(
    ScoringStore store, ScoringUploads uploads, ScoringStart start, OnDemand onDemand, IOptions<ScoringOptions> options,
    IOptions<ServingOptions> serving, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _places = new(options.Value.MaxUploads);

    public async Task<Result<ScoringRecord>> AcceptAsync(HttpContext context, string model, string? version)
    {
        if (uploads.Refuse(context.Request) is { } refusal) return refusal;
        if (!(await TargetAsync(context, model, version)).Succeeded(out var wanted, out var unknown)) return unknown;
        if (!_places.Wait(0)) return ScoringErrors.Full;
        try
        {
            return await IsFullAsync(context.Request.ContentLength ?? options.Value.MaxFileBytes, context.RequestAborted)
                ? ScoringErrors.Full
                : await ReceiveAsync(context, wanted);
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

    private async Task<bool> IsFullAsync(long bytes, CancellationToken cancellationToken)
    {
        var (unfinished, stored) = await store.CountAsync(cancellationToken);
        return unfinished >= options.Value.MaxUnfinished || stored + bytes > options.Value.MaxStoredBytes;
    }

    private async Task<Result<ScoringRecord>> ReceiveAsync(HttpContext context, ScoringRecord wanted)
    {
        var upload = await store.BeginUploadAsync(wanted.Id, context.RequestAborted);
        var isJob = false;
        try
        {
            if (!(await uploads.ReadAsync(context.Request, wanted.Id, context.RequestAborted)).Succeeded(out var file, out var error)) return error;
            var job = wanted with { Format = file.Format!, Bytes = file.Bytes, Pieces = file.Pieces, CreatedAt = time.GetUtcNow() };
            isJob = await store.TryAddAsync(job, upload, context.RequestAborted);
            if (!isJob) return JobErrors.TryAgain;
            await start.TryBeginAsync(job.Id, context.RequestAborted);
            return job;
        }
        finally
        {
            if (!isJob) await store.DropAsync(upload, CancellationToken.None);
        }
    }
}

using Microsoft.Extensions.Options;
using Platform.Contracts.Registry;
using Platform.Hosting.Artifacts;
using Platform.Hosting.Deployments;
using Platform.Hosting.Documents;
using Platform.Hosting.PredictionLog;
using Platform.Inference.Batching;
using Platform.Inference.Protocol;
using Platform.Inference.Recording;
using Platform.Inference.Settings;
using Platform.Inference.Statistics;
using Platform.Onnx.Batching;
using Platform.Onnx.RowFlow.Proofs;
using Platform.Onnx.Pipelines;
using Platform.Onnx.Sessions;
using Platform.Onnx.Tensors;
using Platform.Onnx.Workers;
using ModelSignature = Platform.Onnx.Sessions.ModelSignature;

namespace Platform.Inference.Models;

/// <summary>Fetches, checks, loads and warms up a version, beside whatever serves.</summary>
internal sealed class VersionLoader(
    RegistryClient registry, ModelSettings settings, RedactionKeys redactionKeys, RecordLimits recordLimits, IOptions<ServingOptions> options,
    IOptions<IsolationOptions> isolation, ModelAnnouncer announcer, TimeProvider time, ILogger<VersionLoader> logger)
{
    private static readonly TimeSpan WarmUpLimit = TimeSpan.FromSeconds(60);

    /// <exception cref="ModelLoadException">The version cannot be served, for the reason given.</exception>
    public async Task<LoadedVersion> LoadAsync(ModelVersionDescription description, CancellationToken cancellationToken)
    {
        try
        {
            return await LoadWholeAsync(description, cancellationToken);
        }
        catch (Exception exception) when (!IsExpected(exception))
        {
            // Callers read why, and paths and types of this machine are nothing to them.
            logger.LoadBroken(exception, description.Model, description.Version);
            throw new ModelLoadException("Something went wrong here; the log says more.", exception);
        }
    }

    private static bool IsExpected(Exception exception) =>
        exception is ModelLoadException or HttpRequestException or DocumentsUnavailableException or OperationCanceledException;

    private async Task<LoadedVersion> LoadWholeAsync(ModelVersionDescription description, CancellationToken cancellationToken)
    {
        var path = await FetchAsync(description, cancellationToken);
        var digest = await Digest.OfFileAsync(path, cancellationToken);
        if (digest != description.Sha256)
            throw new ModelLoadException($"The stored file has the digest {digest}, not {description.Sha256}.");

        var redactionKey = FeatureColumns.Hashes(description.Metadata) ? await redactionKeys.GetAsync(cancellationToken) : RedactionKey.None;
        var watch = new WorkerWatch(description, announcer, time, logger);
        var placed = await PlacedSession.LoadAsync(
            path, SessionSettings(), isolation.Value, description.Metadata.Serving?.Isolation, description.VettedBy, watch, cancellationToken);
        var session = placed.Session;
        try
        {
            if (placed.Isolation.IsProcess) logger.Isolated(description.Model, description.Version, placed.Isolation.Reason);
            foreach (var reason in session.PassedOver) logger.ProviderPassedOver(description.Model, description.Version, reason);
            var warm = await WarmUpAsync(session, path, description, cancellationToken);
            return Assemble(description, placed, warm, redactionKey);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private async Task<string> FetchAsync(ModelVersionDescription description, CancellationToken cancellationToken)
    {
        try
        {
            return await registry.FetchFilesAsync(description, cancellationToken);
        }
        catch (PartMissingException exception)
        {
            throw new ModelLoadException(exception.Message, exception);
        }
    }

    private async Task<WarmUpResult> WarmUpAsync(
        ModelSession session, string path, ModelVersionDescription description, CancellationToken cancellationToken)
    {
        var rows = await ReadReferenceAsync(session.Signature, description, cancellationToken);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(WarmUpLimit);
        try
        {
            return await ModestThread.RunAsync(() => WarmUp(session, ModelFile.Prove(path), description, rows, limit.Token));
        }
        catch (Exception exception) when (exception is ModelRunException or ModelWorkerException)
        {
            throw new ModelLoadException($"The version cannot be run on its own reference rows: {exception.Message}", exception);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ModelLoadException($"The version did not answer within {WarmUpLimit.TotalSeconds} s.", exception);
        }
    }

    /// <summary>Where a row may end the process that runs it, none is made up.</summary>
    private static WarmUpResult WarmUp(ModelSession session, RowProof proof, ModelVersionDescription description,
        IReadOnlyList<IReadOnlyDictionary<string, Tensor>> rows, CancellationToken cancellationToken) => Models.WarmUp.Run(
            session, proof, RowPolicies.Of(description.Metadata.Serving?.Rows),
            rows.Count > 0 || proof.Hazard is { EndsProcess: true } ? rows : ProbeRows.MakeUp(session, cancellationToken), cancellationToken);

    private async Task<List<IReadOnlyDictionary<string, Tensor>>> ReadReferenceAsync(
        ModelSignature signature, ModelVersionDescription description, CancellationToken cancellationToken)
    {
        var rows = new List<IReadOnlyDictionary<string, Tensor>>();
        await foreach (var row in registry.ReadReferenceRowsAsync(description, cancellationToken))
        {
            if (WarmUpRows.FromReference(signature, row) is not { } tensors) break;
            rows.Add(tensors);
            if (rows.Count == ProbeRows.Wanted) break;
        }

        return rows;
    }

    private LoadedVersion Assemble(ModelVersionDescription description, PlacedSession placed, WarmUpResult warm, RedactionKey redactionKey)
    {
        var session = placed.Session;
        var schema = new RequestSchema(session.Signature);
        foreach (var name in new FeatureColumns(description.Metadata, schema, redactionKey).Unmatched)
            logger.RedactionUnmatched(description.Model, description.Version, name);

        var records = new RecordWriter(description, schema, session.Provider, options.Value.Recording, recordLimits, redactionKey, time);
        var batcher = new Batcher(session, settings.Of(description.Model), warm.BatchSize, time);
        return new LoadedVersion(description, placed, schema, batcher, warm, records, new VersionStatistics(time));
    }

    private SessionSettings SessionSettings() => new()
    {
        Threads = options.Value.Threads,
        MaxOutputBytes = options.Value.MaxAnswerBytes,
        Providers = [.. options.Value.Providers.Select(provider => new ExecutionProvider(provider.Name)
        {
            DeviceId = provider.DeviceId,
            MemoryLimitBytes = provider.MemoryLimitBytes,
            Options = provider.Options.AsReadOnly(),
        })],
    };
}

using Google.Protobuf;
using Grpc.Core;
using Platform.Client.Tensors;
using Platform.Client.Transport;
using Platform.Inference.Grpc.Messages;

namespace Platform.Client.Predictions;

/// <summary>Predictions over gRPC, on the port of HTTP; without TLS by HTTP/2's prior knowledge.</summary>
public sealed class GrpcPredictionsClient
{
    private readonly GrpcChannels _channels;
    private readonly PlatformClientOptions _options;

    internal GrpcPredictionsClient(GrpcChannels channels, PlatformClientOptions options) => (_channels, _options) = (channels, options);

    /// <summary>Predicts tensors; <see cref="PredictionsClient.InferAsync"/> by another transport.</summary>
    public async Task<Inference> InferAsync(string model, IReadOnlyList<Tensor> inputs, string? version = null, string? predictionId = null,
        CancellationToken cancellationToken = default)
    {
        var id = predictionId ?? PredictionIds.New();
        var request = Request(model, inputs, version);
        using var activity = PlatformClientTelemetry.Start("infer", model);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await SendAsync(request, id, cancellationToken);
            }
            catch (RpcException exception) when (cancellationToken.IsCancellationRequested)
            {
                throw new OperationCanceledException(exception.Message, exception, cancellationToken);
            }
            catch (RpcException exception) when (GrpcRefusals.IsPassing(exception) && attempt < _options.Attempts)
            {
                await Task.Delay(Backoff.After(attempt, GrpcRefusals.RetryAfter(exception)), cancellationToken);
            }
            catch (RpcException exception)
            {
                var error = GrpcRefusals.Read(exception);
                activity.Fail(error);
                throw error;
            }
        }
    }

    private async Task<Inference> SendAsync(ModelInferRequest request, string id, CancellationToken cancellationToken)
    {
        using var call = _channels.Service.ModelInferAsync(request, _channels.Headers((PredictionIds.Header, id)),
            DateTime.UtcNow + _options.Timeout, cancellationToken);
        var answer = await call.ResponseAsync;
        var headers = await call.ResponseHeadersAsync;
        var outputs = answer.Outputs.Zip(answer.RawOutputContents,
            (output, raw) => new Tensor(output.Name, output.Datatype, [.. output.Shape], raw.Memory)).ToDictionary(output => output.Name);
        return new Inference(request.ModelName, headers.GetValue(PredictionIds.VersionHeader) ?? answer.ModelVersion, headers.GetValue(PredictionIds.Header) ?? id, outputs);
    }

    internal static ModelInferRequest Request(string model, IReadOnlyList<Tensor> inputs, string? version)
    {
        var request = new ModelInferRequest { ModelName = model, ModelVersion = version ?? "" };
        foreach (var input in inputs)
        {
            request.Inputs.Add(new ModelInferRequest.Types.InferInputTensor { Name = input.Name, Datatype = input.Datatype, Shape = { input.Shape } });
            request.RawInputContents.Add(UnsafeByteOperations.UnsafeWrap(input.Raw));
        }

        return request;
    }
}

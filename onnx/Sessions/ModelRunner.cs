using Microsoft.ML.OnnxRuntime;
using Platform.Onnx.Tensors;

namespace Platform.Onnx.Sessions;

/// <summary>
/// Runs a model over caller-owned memory. One run at a time; several runners of one session may run side by side.
/// </summary>
public sealed class ModelRunner : IDisposable
{
    private readonly InferenceSession _session;
    private readonly RunOptions _options = new();
    private readonly string[] _inputNames;
    private readonly string[] _outputNames;
    private readonly OrtValue[] _inputValues;

    internal ModelRunner(InferenceSession session, ModelSignature signature)
    {
        _session = session;
        _inputNames = [.. signature.Inputs.Select(input => input.Name)];
        _outputNames = [.. signature.Outputs.Select(output => output.Name)];
        _inputValues = new OrtValue[_inputNames.Length];
    }

    /// <summary>
    /// Runs once. <paramref name="inputs"/> and <paramref name="outputs"/> are in the order of the signature; inputs are read
    /// where they lie, outputs are reset and filled.
    /// </summary>
    /// <exception cref="ModelRunException">The model could not be run on these inputs, or the run was stopped.</exception>
    public void Run(ReadOnlySpan<TensorBuffer> inputs, ReadOnlySpan<TensorBuffer> outputs)
    {
        try
        {
            for (var i = 0; i < inputs.Length; i++) _inputValues[i] = RuntimeValues.Over(inputs[i]);
            using var results = _session.Run(_options, _inputNames, _inputValues, _outputNames);
            for (var i = 0; i < outputs.Length; i++) RuntimeValues.Read(results[i], outputs[i]);
        }
        catch (OnnxRuntimeException exception)
        {
            throw new ModelRunException(RuntimeMessage.Clean(exception), _options.Terminate, exception);
        }
        catch (InvalidDataException exception)
        {
            throw new ModelRunException(exception.Message, stopped: false, exception);
        }
        finally
        {
            ReleaseInputs();
        }
    }

    /// <summary>Stops the run in progress between two operators, from any thread, and every later one until <see cref="Resume"/>.</summary>
    public void Stop() => _options.Terminate = true;

    /// <summary>Lets runs proceed again after <see cref="Stop"/>.</summary>
    public void Resume() => _options.Terminate = false;

    public void Dispose() => _options.Dispose();

    private void ReleaseInputs()
    {
        foreach (var value in _inputValues) value?.Dispose();
        Array.Clear(_inputValues);
    }
}

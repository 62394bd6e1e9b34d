using Platform.Hosting.Errors;
using Platform.Inference.Models;
using Platform.Inference.Requests;

namespace Platform.Inference.Predictions;

/// <summary>What a request's body holds, and how the answer is written: tensors, or rows by feature name.</summary>
internal interface IBodyForm
{
    /// <summary>Reads the body into the tensors.</summary>
    /// <param name="body">The whole body.</param>
    /// <param name="jsonLength">How much of it is said to be JSON; null where nothing is said.</param>
    /// <param name="version">The version that answers.</param>
    /// <param name="prediction">Where the request goes.</param>
    /// <returns>Why it is refused, or null.</returns>
    static abstract Error? Read(ReadOnlySpan<byte> body, int? jsonLength, LoadedVersion version, Prediction prediction);

    /// <summary>Writes the answer from the outputs that the run has left.</summary>
    static abstract void WriteAnswer(LoadedVersion version, Prediction prediction, TimeProvider time);
}

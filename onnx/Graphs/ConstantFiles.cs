using Microsoft.Win32.SafeHandles;
using Platform.Onnx.Bundles;
using Platform.Onnx.Inspection;

namespace Platform.Onnx.Graphs;

/// <summary>Where the values of constants lie: in the ONNX file, or in the files that came with it.</summary>
internal sealed class ConstantFiles(SafeFileHandle file, ModelBundle bundle)
{
    /// <summary>A place in the ONNX file as one in the file that holds it.</summary>
    public (long Start, long Length) InModel((long Start, long Length) place) => (bundle.Model.Offset + place.Start, place.Length);

    /// <summary>Where values lie that are not in the ONNX file; null where they are not there, or not to be told.</summary>
    public (long Start, long Length)? Find(ExternalPlace place, long bytes)
    {
        if (!bundle.Data.TryGetValue(BundleName.Plain(place.Location), out var data)) return null;
        var length = place.Length ?? bytes;
        return place.Offset >= 0 && length == bytes && place.Offset <= data.Length && length <= data.Length - place.Offset
            ? (data.Offset + place.Offset, length)
            : null;
    }

    /// <summary>The bytes at a place of the file.</summary>
    public byte[] Read((long Start, long Length) place) => FileBytes.Read(file, place.Start, place.Length);
}

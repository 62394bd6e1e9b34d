using Grpc.Core;
using Platform.Hosting.Access;
using Platform.Hosting.Errors;

namespace Platform.Inference.Grpc;

/// <summary>Who may call what, where a call's message names the model.</summary>
internal static class CallAccess
{
    /// <summary>Refuses a caller that has none of these permissions for the model.</summary>
    public static void Demand(this ServerCallContext context, string model, params Permission[] anyOf)
    {
        if (context.GetHttpContext().DenyUnlessAny(model, anyOf) is { } denied) throw denied.ToRpcException();
    }
}

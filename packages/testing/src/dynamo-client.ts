import { DynamoDBClient, type DynamoDBClientConfig } from "@aws-sdk/client-dynamodb";

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";

/** An application's client, with credentials that nobody checks. */
export function openDynamoClient(endpoint: string, config: DynamoDBClientConfig = {}): DynamoDBClient {
  return new DynamoDBClient({
    endpoint,
    region: "local",
    credentials: { accessKeyId: "none", secretAccessKey: "none" },
    ...config,
  });
}

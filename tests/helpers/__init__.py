"""What tests share: data, servers, browsers."""

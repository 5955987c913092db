# Light Footprint as a container: `footprint` with everything it needs, run by a user without rights.
#   docker build --tag lightfootprint .
#   docker run --rm --volume footprint:/data lightfootprint load
#   docker run --rm --volume footprint:/data --publish 127.0.0.1:1540:1540 lightfootprint
# With a Neo4j beside it: docker-compose.yml.

FROM python:3.11.14-slim-bookworm AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /build
# Before the sources: what they stand on changes less often.
COPY requirements/app.lock requirements/build.lock requirements/
RUN python -m venv --without-pip /opt/footprint \
 && python -m pip --python /opt/footprint/bin/python install --require-hashes --requirement requirements/app.lock \
 && python -m pip install --require-hashes --requirement requirements/build.lock
COPY pyproject.toml README.md LICENSE ./
COPY graph graph
COPY ingest ingest
COPY queries queries
COPY viz viz
COPY documents documents
COPY evaluation evaluation
COPY api api
COPY footprint footprint
RUN python -m hatchling build --target wheel \
 && python -m pip --python /opt/footprint/bin/python install --no-deps --no-index dist/*.whl

FROM python:3.11.14-slim-bookworm
LABEL org.opencontainers.image.title="Light Footprint" \
      org.opencontainers.image.description="A knowledge graph that matches those who need help with UN Security Council resolution 1540 (2004) with those who can give it." \
      org.opencontainers.image.version="0.1.0" \
      org.opencontainers.image.licenses="Apache-2.0"
RUN groupadd --system --gid 1540 footprint \
 && useradd --system --uid 1540 --gid 1540 --home-dir /data --shell /usr/sbin/nologin footprint \
 && install --directory --owner=1540 --group=1540 --mode=0700 /data
COPY --from=build /opt/footprint /opt/footprint
ENV PATH=/opt/footprint/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    FOOTPRINT_DATA_DIR=/data \
    MPLCONFIGDIR=/tmp/matplotlib
USER 1540:1540
# The embedded engine's data, rejected rows, backups; nothing else is written, but for /tmp.
WORKDIR /data
VOLUME ["/data"]
EXPOSE 1540
# Ready: the graph answers and the facts are loaded.
HEALTHCHECK --interval=10s --timeout=6s --start-period=90s --retries=3 \
    CMD ["python", "-c", "from http.client import HTTPConnection as C; c = C('127.0.0.1', 1540, timeout=5); c.request('GET', '/readyz'); raise SystemExit(c.getresponse().status != 200)"]
ENTRYPOINT ["footprint"]
CMD ["serve", "--host", "0.0.0.0"]
